using System.Threading.Channels;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Orleans;

namespace Chia.Grains.Tests.Support;

/// <summary>One end of a connection, as a gateway holds it: what the grains say comes out, what is put in reaches them in order.</summary>
internal sealed class TestLink : IPeerObserver
{
    private readonly IClusterClient _client;
    private readonly PeerConnection _connection;
    private readonly IPeerGrain _grain;
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<Message> _said = Channel.CreateUnbounded<Message>();

    private TestLink(IClusterClient client, PeerConnection connection)
    {
        _client = client;
        _connection = connection;
        _grain = client.GetGrain<IPeerGrain>(connection.GrainKey());
    }

    /// <summary>Why the grains closed it; null while they have not.</summary>
    public DisconnectReason? Closed { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TestLink> Open(RoleHost host, Role local, Role peer, string id, ushort announcedPort = 0)
    {
        var link = Of(host, local, peer, id, announcedPort);
        await link.Connect();
        return link;
    }

    /// <summary>One that nobody knows of yet.</summary>
    public static TestLink Of(RoleHost host, Role local, Role peer, string id, ushort announcedPort = 0) =>
        new(host.Client, TestPeers.Connection(local, peer, id, announcedPort));

    /// <summary>Its handshake is done: the grains are told of it.</summary>
    public async Task Connect()
    {
        var directory = _client.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(NodeName.Main, _connection.LocalRole));
        Assert.Equal(RegistrationOutcome.Accepted, (await directory.Register(_connection)).Outcome);
        CarryOut(await _grain.Connected(_connection, _client.CreateObjectReference<IPeerObserver>(this), isAgain: false));
    }

    /// <summary>The peer says something; completes when it has been handled.</summary>
    public async Task Say(Message message)
    {
        var payload = MessageRegistry.Encode(message)[4..];
        CarryOut(await _grain.Receive(new PeerMessage(payload, _connection.PeerRole, _connection.LocalRole, message)));
    }

    /// <summary>The grains have something for the peer that nobody waits for.</summary>
    public Task<bool> Tell(Message message) => _grain.Send(OutboundMessage.Of(_connection.PeerRole, message));

    /// <summary>The connection is known to its role's directory.</summary>
    public async Task<bool> IsListed() => await _client
        .GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(_connection.Node, _connection.LocalRole))
        .FindLine(_connection.ConnectionId) is not null;

    /// <summary>The next thing the grains say to the peer.</summary>
    public async Task<Message> Hear() => await _said.Reader.ReadAsync(Cancellation);

    public async Task<T> Hear<T>()
        where T : Message => Assert.IsType<T>(await Hear());

    /// <summary>What has been said and not been heard.</summary>
    public List<Message> Unheard()
    {
        var messages = new List<Message>();
        while (_said.Reader.TryRead(out var message))
            messages.Add(message);
        return messages;
    }

    public async Task Hang() => await _grain.Disconnected(_connection, DisconnectReason.PeerClosed);

    /// <summary>Carries everything between two ends, both ways, until the test ends.</summary>
    public static void Join(TestLink one, TestLink other)
    {
        _ = Pump(one, other);
        _ = Pump(other, one);
    }

    /// <summary>What the gateway waits for before it takes what is delivered.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Completes when something is delivered, taken yet or not.</summary>
    public Task WasReached => _reached.Task;

    public async Task Deliver(byte[][] frames)
    {
        _reached.TrySetResult();
        await Gate;
        foreach (var frame in frames)
            Note(frame);
    }

    public Task Close(DisconnectReason reason)
    {
        Closed = reason;
        return Task.CompletedTask;
    }

    public Task<PeerTraffic> GetTraffic() => throw new NotSupportedException();

    private static async Task Pump(TestLink from, TestLink to)
    {
        while (true)
            await to.Say(await from.Hear());
    }

    private void CarryOut(ConnectionVerdict verdict)
    {
        foreach (var frame in verdict.Respond)
            Note(frame);
        Closed ??= verdict.Close;
    }

    private void Note(byte[] frame)
    {
        Assert.Equal(default, MessageRegistry.TryDecode(frame.AsMemory(4), _connection.LocalRole, _connection.PeerRole, out var message));
        Assert.True(_said.Writer.TryWrite(message!));
    }
}
