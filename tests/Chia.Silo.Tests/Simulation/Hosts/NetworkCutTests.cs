using Chia.Protocol.Addresses;
using Chia.Silo.Simulation.Hosts;
using Microsoft.AspNetCore.Connections;

namespace Chia.Silo.Tests.Simulation.Hosts;

/// <summary>A cut keeps the halves apart, and nothing else.</summary>
public class NetworkCutTests
{
    /// <summary>Ports below 200 are on the first side, others below 300 on the second; beyond listens nobody of the simulation.</summary>
    private readonly NetworkCut _cut = new(port => port < 200 ? 0 : port < 300 ? 1 : null);

    [Fact]
    public void Nothing_is_beyond_before_a_cut_or_after_it_was_mended()
    {
        Assert.False(_cut.SeenFrom(0).Separates(At(250)));
        _cut.Make();
        Assert.True(_cut.SeenFrom(0).Separates(At(250)));
        Assert.True(_cut.SeenFrom(1).Separates(At(150)));
        Assert.False(_cut.SeenFrom(0).Separates(At(150)));
        Assert.False(_cut.SeenFrom(0).Separates(At(350)));
        _cut.Mend();
        Assert.False(_cut.SeenFrom(0).Separates(At(250)));
    }

    [Fact]
    public void Connections_across_end_with_the_cut_and_others_stay()
    {
        var (across, within) = (new Wire(), new Wire());
        _cut.SeenFrom(0).Connected(At(250), across);
        _cut.SeenFrom(0).Connected(At(150), within);

        _cut.Make();

        Assert.True(across.IsAborted);
        Assert.False(within.IsAborted);
    }

    [Fact]
    public void A_connection_that_was_dialled_just_before_the_cut_ends_too()
    {
        var late = new Wire();
        _cut.Make();

        _cut.SeenFrom(1).Connected(At(150), late);

        Assert.True(late.IsAborted);
    }

    [Fact]
    public void A_connection_that_ended_is_forgotten()
    {
        var gone = new Wire();
        _cut.SeenFrom(0).Connected(At(250), gone);
        gone.End();

        _cut.Make();

        Assert.False(gone.IsAborted);
    }

    private static PeerAddress At(ushort port) => PeerAddress.Of("127.0.0.1", port);

    private sealed class Wire : DefaultConnectionContext
    {
        private readonly CancellationTokenSource _closed = new();

        public Wire() => ConnectionClosed = _closed.Token;

        public bool IsAborted { get; private set; }

        public override void Abort(ConnectionAbortedException abortReason) => IsAborted = true;

        public void End() => _closed.Cancel();
    }
}
