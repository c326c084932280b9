using System.IO.Pipelines;
using System.Net;
using Chia.Gateway.Configuration;
using Chia.Gateway.Connections;
using Chia.Gateway.Connections.Entry;
using Chia.Gateway.Connections.Frames;
using Chia.Protocol.Addresses;
using Chia.Protocol.Handshake;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Testing;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chia.Gateway.Tests.Support;

/// <summary>One link over pipes in memory: the test plays the peer, the cluster and the clock.</summary>
internal sealed class LinkHarness : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Pipe _toNode = new();
    private readonly Pipe _fromNode;

    /// <param name="limits">Bounds, if others than usual.</param>
    /// <param name="unread">Bytes that may wait to be read by the peer; the pipe's own 64 kB by default.</param>
    public LinkHarness(GatewayLimits? limits = null, int? unread = null)
    {
        _fromNode = unread is { } bytes ? new Pipe(new PipeOptions(pauseWriterThreshold: bytes, resumeWriterThreshold: 1)) : new Pipe();
        var options = new GatewayOptions
        {
            Role = Role.FullNode,
            Network = Testnet.Definition,
            Introducer = Introducer,
            Limits = limits ?? new GatewayLimits(),
            ConnectionBegins = () => Begun++,
        };
        Links = new LinkTable(options, Time);
        Services = new LinkServices(FakeCluster.Create(Directory, Grain), options, Time)
        {
            Identity = Identity,
            GatewayId = "gateway",
            Links = Links,
            Memory = new GatewayMemory(options.Limits),
            Log = NullLogger.Instance,
        };
        var transport =
            new DefaultConnectionContext(
            "test", new DuplexPipe(_toNode.Reader, _fromNode.Writer), new DuplexPipe(_fromNode.Reader, _toNode.Writer))
            {
                RemoteEndPoint = new IPEndPoint(Host.Address!, 50_000),
            };
        Place = Links.Places.TryEnter(Host, transport.Abort, out _)!;
        Peer = new PeerEnd(_fromNode.Reader, _toNode.Writer);
        Link = new PeerLink(Services, LinkOrigin.Accepted, transport, Place, _stopping.Token);
        Running = Link.Run();
    }

    public static HandshakeIdentity Identity { get; } =
        new(Testnet.Id, NetworkDefinition.ProtocolVersion, Bytes32.FromHex(new string('1', 64)), 8444, Role.FullNode);

    /// <summary>Where the introducer is; asked by those that miss peers.</summary>
    public static PeerAddress Introducer { get; } = PeerAddress.Of("203.0.113.1", 8445);

    /// <summary>How many connections were said to begin.</summary>
    public int Begun { get; private set; }

    /// <summary>Where the peer is.</summary>
    public static PeerHost Host { get; } = PeerHost.Parse("203.0.113.7");

    /// <summary>The link's place among the accepted connections.</summary>
    public Place Place { get; }

    public ManualTime Time { get; } = new();

    public FakeDirectory Directory { get; } = new();

    public FakePeerGrain Grain { get; } = new();

    public LinkTable Links { get; }

    public LinkServices Services { get; }

    public PeerEnd Peer { get; }

    public PeerLink Link { get; }

    public Task<LinkEnd> Running { get; }

    /// <summary>How it ended.</summary>
    public Task<LinkEnd> Ended => Running.InTime();

    /// <summary>Shakes hands, both ways, and reads the node's part of it.</summary>
    public async Task Establish()
    {
        await Peer.SendHandshake();
        await Peer.Expect(Identity.ToMessage());
        await Peer.Expect(new Protocol.Messages.HandshakeAckMessage());
        await Grain.WasConnected.InTime();
    }

    /// <summary>The node has looked at what the peer wrote last, less than a frame, and waits for the rest.</summary>
    /// <param name="sinceBegin">Time that passed since the frame began; different each time.</param>
    /// <param name="ofLarge">Bytes that are there of a large frame; 0 if it is none.</param>
    public Task WhenRead(TimeSpan sinceBegin, long ofLarge = 0)
    {
        var limit = ofLarge == 0 ? Services.Limits.FrameTimeout : FrameProgress.LimitOf(ofLarge);
        return Time.WhenPending(limit - sinceBegin).InTime();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _fromNode.Reader.CompleteAsync();
        await Ended;
        _stopping.Dispose();
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
