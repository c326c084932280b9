using System.IO.Pipelines;
using System.Net;
using System.Threading.Channels;
using Chia.Gateway.Dialling;
using Chia.Protocol.Addresses;
using Microsoft.AspNetCore.Connections;

namespace Chia.Gateway.Tests.Support;

/// <summary>Dials in memory: the test plays whoever answers.</summary>
internal sealed class FakeDialler : IDialler
{
    private readonly DialClaims _claims = new();
    private readonly Channel<(PeerAddress Target, PeerEnd Peer)> _dials = Channel.CreateUnbounded<(PeerAddress, PeerEnd)>();

    /// <summary>Nobody answers.</summary>
    public bool IsDead { get; set; }

    /// <summary>Dials so far.</summary>
    public int Count { get; private set; }

    /// <summary>Somebody was dialled, and the test has not looked yet.</summary>
    public bool HasDialled => _dials.Reader.TryPeek(out _);

    /// <summary>The next dial, and its other end.</summary>
    public Task<(PeerAddress Target, PeerEnd Peer)> Next() => _dials.Reader.ReadAsync().AsTask().InTime();

    public Task<ConnectionContext?> Dial(PeerAddress target, CancellationToken cancellation)
    {
        Count++;
        if (IsDead)
        {
            Assert.True(_dials.Writer.TryWrite((target, null!)));
            return Task.FromResult<ConnectionContext?>(null);
        }

        var (toNode, fromNode) = (new Pipe(), new Pipe());
        var transport = new Transport(new DuplexPipe(toNode.Reader, fromNode.Writer), new DuplexPipe(fromNode.Reader, toNode.Writer))
        {
            RemoteEndPoint = new IPEndPoint(target.Host.Address!, target.Port),
        };
        Assert.True(_dials.Writer.TryWrite((target, new PeerEnd(fromNode.Reader, toNode.Writer))));
        return Task.FromResult<ConnectionContext?>(transport);
    }

    public IDisposable? TryClaim(PeerAddress target) => _claims.TryTake(target);

    /// <summary>Its base cancels in the background when it is aborted, which must not meet a disposed source.</summary>
    private sealed class Transport(IDuplexPipe transport, IDuplexPipe application)
        : DefaultConnectionContext("dial", transport, application)
    {
        public override void Abort(ConnectionAbortedException abortReason) => Transport.Output.CancelPendingFlush();
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
