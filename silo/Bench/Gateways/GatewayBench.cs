using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Chia.Gateway.Configuration;
using Chia.Protocol;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Streamable;
using Chia.Silo.Bench.Chains;
using Chia.Silo.Bench.Figures;
using Chia.Silo.Views;

namespace Chia.Silo.Bench.Gateways;

/// <summary>
/// <c>bench gateway</c>: what a connected peer, a message and a broadcast cost a node, each beside its goal. The node is a process of its
/// own; its peers are all here, on many addresses of loopback.
/// </summary>
internal static class GatewayBench
{
    /// <summary>Peers that a block is told to.</summary>
    private const int Audience = 1000;

    /// <summary>Blocks told one after the other; the cheapest counts, as code is compiled in its final form only after a while.</summary>
    private const int Blocks = 10;

    /// <summary>Handshakes at one time: fewer than a gateway has places for (GatewayLimits.MaxHandshaking).</summary>
    private const int HandshakesAtOnce = 32;

    /// <summary>Connections from one address: it has 28,000 ports.</summary>
    private const int PeersOfOneAddress = 5000;

    /// <summary>A peer that finds no place for so long finds none.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan RedialPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Until what a moment needed is given back.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <summary>Measures with as many peers, or as many as the system has descriptors for.</summary>
    public static async Task Run(int peers, ChainInput input, BenchClock clock)
    {
        MessageBench.Run(clock);
        MessageBench.RunLists(clock);
        await MessageBench.RunThroughGrains(input, clock);
        var folder = Directory.CreateTempSubdirectory("chia-bench-").FullName;
        try
        {
            var begin = input.Records.Count - Blocks;
            await ServedNode.Fill(folder, input, begin, clock.Stopping);
            var configuration = string.Create(CultureInfo.InvariantCulture, $"full_node:\n  max_inbound: {Places(ref peers)}\n");
            await using var node = await ServedNode.Start(folder, input, configuration, clock.Stopping);
            using var held = new Crowd(input, node);
            await held.Grow(Math.Min(Audience, peers), clock.Stopping);
            var broadcast = await Broadcast(held, node, input, begin, clock.Stopping);
            var (before, count) = (node.Memory, held.Count);
            await held.Grow(peers, clock.Stopping);
            await Task.Delay(Rest, clock.Stopping);
            new FigureTable("a node and its peers")
                .Add(new Figure("peers held", held.Count, "peers", Goal: Goals.Peers))
                .Add(new Figure("memory of a peer", (node.Memory - before) / 1024.0 / Math.Max(1, held.Count - count), "KiB", Goal: Goals.PeerMemory))
                .Add(new Figure(
                    string.Create(CultureInfo.InvariantCulture, $"a block to {count} peers, its validation included, processor"),
                    broadcast, "ms", Goal: Goals.Broadcast))
                .Add(new Figure("processor time of a second with all of them idle", await Idle(node, clock.Stopping), "ms"))
                .Print(clock.Report);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One of our peers tells blocks one by one; all others hear of each before the next.</summary>
    private static async Task<double> Broadcast(Crowd crowd, ServedNode node, ChainInput input, int begin, CancellationToken stopping)
    {
        var cheapest = double.MaxValue;
        foreach (var record in input.Records.Skip(begin))
        {
            var frame = MessageRegistry.Encode(new BlockMessage(StreamableExtensions.Decode<FullBlock>(record.Bytes)));
            var before = node.Processor;
            await crowd.Tell(frame, stopping);
            cheapest = Math.Min(cheapest, node.Processor - before);
        }

        return cheapest;
    }

    private static async Task<double> Idle(ServedNode node, CancellationToken stopping)
    {
        var before = node.Processor;
        await Task.Delay(Rest, stopping);
        return (node.Processor - before) / Rest.TotalSeconds;
    }

    /// <summary>The places to configure: those kept for other roles come on top.</summary>
    private static int Places(ref int peers)
    {
        var limits = new GatewayLimits { MaxInbound = peers };
        while (limits.MaxInbound - limits.ReservedForOtherRoles < peers)
            limits = limits with { MaxInbound = limits.MaxInbound + 1 };
        while (DescriptorLimit.Needed([limits]) > (DescriptorLimit.Given() ?? int.MaxValue))
            limits = limits with { MaxInbound = limits.MaxInbound - 1 };
        peers = Math.Min(peers, limits.MaxInbound - limits.ReservedForOtherRoles);
        return limits.MaxInbound;
    }

    /// <summary>Peers that hold on to a node.</summary>
    private sealed class Crowd(ChainInput input, ServedNode node) : IDisposable
    {
        private readonly ConcurrentBag<HeldPeer> _peers = [];

        public int Count => _peers.Count;

        public async Task Grow(int count, CancellationToken stopping)
        {
            using var progress = new ProgressView("dialling", "peers", count);
            var options = new ParallelOptions { MaxDegreeOfParallelism = HandshakesAtOnce, CancellationToken = stopping };
            await Parallel.ForEachAsync(Enumerable.Range(_peers.Count, count - _peers.Count), options, async (n, cancellation) =>
            {
                _peers.Add(await Dial(new IPAddress([127, 0, 0, (byte)(1 + (n / PeersOfOneAddress))]), cancellation));
                lock (progress)
                    progress.Report(_peers.Count, "");
            });
        }

        /// <summary>Dials as often as it takes, as every node does: from one machine a gateway accepts so many a second and no
        /// more.</summary>
        private async Task<HeldPeer> Dial(IPAddress from, CancellationToken stopping)
        {
            for (var began = Stopwatch.GetTimestamp(); ;)
            {
                try
                {
                    return await HeldPeer.Dial(input.Network, node.Port, from, stopping);
                }
                catch (Exception error) when (error is IOException or SocketException && Stopwatch.GetElapsedTime(began) < Patience)
                {
                    await Task.Delay(RedialPause, stopping);
                }
            }
        }

        /// <summary>One tells a frame; completes when all others have heard the same.</summary>
        public async Task Tell(byte[] frame, CancellationToken stopping)
        {
            var payload = frame[sizeof(uint)..];
            var (teller, others) = (_peers.First(), _peers.Skip(1).ToList());
            await teller.Send(frame, stopping);
            await Task.WhenAll(others.Select(peer => peer.Until(told => told.FirstSpan.SequenceEqual(payload), stopping)));
        }

        public void Dispose()
        {
            foreach (var peer in _peers)
                peer.Dispose();
        }
    }
}
