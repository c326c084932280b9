using Chia.Protocol.Handshake;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Tests.Handshake;

/// <summary>PROTOCOL.md 4.4, with both ends ours or one of them the reference's.</summary>
public class DuplicateRuleTests
{
    private static readonly Bytes32 Small = new([.. new byte[31], 1]);
    private static readonly Bytes32 Large = new([1, .. new byte[31]]);

    [Fact]
    public void Both_ends_keep_the_same_connection()
    {
        Assert.True(DuplicateRule.OwnDialStays(Small, Large));
        Assert.False(DuplicateRule.OwnDialStays(Large, Small));
    }

    /// <summary>Nobody knows yet which of them the peer acknowledges.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_two_handshakes_under_way_neither_is_refused(bool dialled) =>
        Assert.True(DuplicateRule.GoesOn(Facts(dialled), Facts(!dialled)));

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public void The_older_connection_stays_when_both_were_dialled_from_one_side(bool dialled, bool isEstablished) =>
        Assert.False(DuplicateRule.GoesOn(Facts(dialled) with { IsEstablished = isEstablished }, Facts(dialled)));

    [Fact]
    public void Our_own_dial_is_taken_back_when_the_peer_is_connected_already() =>
        Assert.False(DuplicateRule.GoesOn(Facts(dialled: false) with { IsEstablished = true }, Facts(dialled: true)));

    [Fact]
    public void A_dial_of_the_peers_counts_as_simultaneous_for_as_long_as_a_handshake_may_take()
    {
        var existing = Facts(dialled: true) with { IsEstablished = true, Age = DuplicateRule.SimultaneousWindow };
        Assert.True(DuplicateRule.GoesOn(existing, Facts(dialled: false)));
        existing = existing with { Age = DuplicateRule.SimultaneousWindow + TimeSpan.FromTicks(1) };
        Assert.False(DuplicateRule.GoesOn(existing, Facts(dialled: false)));
        Assert.True(DuplicateRule.GoesOn(existing with { IsEstablished = false }, Facts(dialled: false)));
    }

    private static ConnectionFacts Facts(bool dialled) => new(dialled, TimeSpan.FromSeconds(1), IsEstablished: false);
}
