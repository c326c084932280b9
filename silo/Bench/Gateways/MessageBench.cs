using System.Buffers;
using System.Net;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol;
using Chia.Protocol.Framing;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Silo.Bench.Chains;
using Chia.Silo.Bench.Figures;
using Chia.Silo.Hosting;
using Chia.Silo.Node;

namespace Chia.Silo.Bench.Gateways;

/// <summary>What one message costs: the way of a ping from bytes to bytes, and a question to a peer's grain.</summary>
internal static class MessageBench
{
    /// <summary>Messages in one repetition.</summary>
    private const int Pings = 10_000, Questions = 500;

    private const int Hashes = 100_000;

    private const double MillisecondsPerSecond = 1e3;

    /// <summary>Frame, name, limits, decoding, and the encoded answer.</summary>
    public static void Run(BenchClock clock)
    {
        var ping = MessageRegistry.Encode(new PingMessage());
        var stream = Enumerable.Repeat(ping, Pings).SelectMany(bytes => bytes).ToArray();
        var answered = 0L;
        var seconds = clock.Seconds(
            () =>
            {
                var buffer = new ReadOnlySequence<byte>(stream);
                while (FrameReader.TryRead(ref buffer, MessageRegistry.MaxPayload, out var payload) == FrameResult.Frame)
                {
                    MessageRegistry.TryDecode(payload, Role.FullNode, Role.FullNode, out var message);
                    if (message is PingMessage)
                        answered += MessageRegistry.Encode(new PongMessage()).Length;
                }
            },
            Pings);
        if (answered == 0)
            throw new UserException("no ping was understood", 1);
        new FigureTable("a message, one core")
            .Add(new Figure("pings through frames and registry, answer included", 1 / seconds, "pings/s", Goal: Goals.Pings))
            .Print(clock.Report);
    }

    /// <summary>The list of header hashes of a long chain: from nothing, and for a tip one block above the one of the last list.</summary>
    public static void RunLists(BenchClock clock)
    {
        var hashes = new byte[Hashes * Bytes32.Size];
        new Random(1).NextBytes(hashes);
        HeaderHashFrame? last = null;
        var whole = clock.Seconds(() => (last = new HeaderHashFrame(Hashes)).Put(0, hashes));
        var next = clock.Seconds(() =>
        {
            var list = new HeaderHashFrame(Hashes + 1);
            list.Put(Hashes, hashes.AsSpan(0, Bytes32.Size));
            list.Put(last!, Hashes);
        });
        new FigureTable("a list of 100,000 header hashes, encoded")
            .Add(new Figure("from nothing", whole * MillisecondsPerSecond, "ms"))
            .Add(new Figure("one block longer than the last", next * MillisecondsPerSecond, "ms"))
            .Print(clock.Report);
    }

    /// <summary>A peer asks for a block that nobody has: through its own grain, the full node's and the chain's, and back.</summary>
    public static async Task RunThroughGrains(ChainInput input, BenchClock clock)
    {
        var folder = Directory.CreateTempSubdirectory("chia-bench-").FullName;
        try
        {
            await using var node = await NodeHost.Start(Settings(folder, input), clock.Stopping);
            var connection = new PeerConnection(
                ConnectionId.New(), node.Settings.Name, Role.FullNode, Role.FullNode, default, default, "127.0.0.1", 1, 0, false, false,
                "bench", TimeSpan.Zero);
            var peer = node.Cluster.GetGrain<IPeerGrain>(connection.GrainKey());
            var deaf = new Deaf();
            var observer = node.Cluster.CreateObjectReference<IPeerObserver>(deaf);
            await node.Cluster.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(node.Settings.Name, Role.FullNode)).Register(connection);
            await peer.Connected(connection, observer, isAgain: false);
            var question = new RequestBlockMessage(default);
            var payload = MessageRegistry.Encode(question)[FrameReader.PrefixSize..];
            var message = new PeerMessage(payload, Role.FullNode, Role.FullNode, question);
            var cheapest = double.MaxValue;
            for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < clock.Budget;)
            {
                var before = Environment.CpuUsage.TotalTime;
                for (var i = 0; i < Questions; i++)
                    await peer.Receive(message, clock.Stopping);
                cheapest = Math.Min(cheapest, (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / Questions);
            }

            await peer.Disconnected(connection, DisconnectReason.Finished);
            GC.KeepAlive(deaf);
            new FigureTable("a question through three grains")
                .Add(new Figure("processor time of all threads, answer included", cheapest, "us"))
                .Print(clock.Report);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static NodeSettings Settings(string root, ChainInput input) => new()
    {
        Network = input.Network,
        Root = root,
        Roles = [new RoleSettings(Role.FullNode, 0) { Address = IPAddress.Loopback }],
        Logging = _ => { },
    };

    private sealed class Deaf : IPeerObserver
    {
        public Task Deliver(byte[][] frames) => Task.CompletedTask;

        public Task<PeerTraffic> GetTraffic() => Task.FromResult(new PeerTraffic(0, 0, null));

        public Task Close(DisconnectReason reason) => Task.CompletedTask;
    }
}
