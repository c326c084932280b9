using Chia.Protocol.Handshake;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Tests.Handshake;

public class DuplicateRuleTests
{
    private static readonly Bytes32 Small = new([.. new byte[31], 1]);
    private static readonly Bytes32 Large = new([1, .. new byte[31]]);

    /// <summary>Whichever connection each end sees first, both ends keep the one that the smaller id dialled.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Both_ends_of_a_simultaneous_dial_keep_the_same_connection(bool smallSeesOwnDialFirst, bool largeSeesOwnDialFirst)
    {
        Assert.True(KeepsOwnDial(Small, Large, smallSeesOwnDialFirst));
        Assert.False(KeepsOwnDial(Large, Small, largeSeesOwnDialFirst));
    }

    [Fact]
    public void An_established_connection_stays()
    {
        var existing = Facts(dialled: false) with { Established = true };
        Assert.Equal(DuplicateVerdict.KeepExisting, DuplicateRule.Resolve(Small, Large, existing, Facts(dialled: true)));
        Assert.Equal(DuplicateVerdict.KeepNew, DuplicateRule.Resolve(Small, Large, existing with { Established = false }, Facts(dialled: true)));
    }

    [Fact]
    public void The_older_connection_stays_when_the_dials_were_not_simultaneous()
    {
        var existing = Facts(dialled: false) with { Age = DuplicateRule.SimultaneousWindow };
        Assert.Equal(DuplicateVerdict.KeepNew, DuplicateRule.Resolve(Small, Large, existing, Facts(dialled: true)));
        existing = existing with { Age = DuplicateRule.SimultaneousWindow + TimeSpan.FromTicks(1) };
        Assert.Equal(DuplicateVerdict.KeepExisting, DuplicateRule.Resolve(Small, Large, existing, Facts(dialled: true)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_older_connection_stays_when_both_were_dialled_from_one_side(bool dialled)
    {
        Assert.Equal(DuplicateVerdict.KeepExisting, DuplicateRule.Resolve(Small, Large, Facts(dialled), Facts(dialled)));
        Assert.Equal(DuplicateVerdict.KeepExisting, DuplicateRule.Resolve(Large, Small, Facts(dialled), Facts(dialled)));
    }

    [Fact]
    public void A_silent_connection_gives_way_to_one_from_the_same_address_only()
    {
        var silent = Facts(dialled: false) with { Age = TimeSpan.FromHours(1), Silence = DuplicateRule.StaleAfter, Established = true };
        var again = Facts(dialled: false);
        Assert.Equal(DuplicateVerdict.KeepNew, DuplicateRule.Resolve(Small, Large, silent, again));
        Assert.Equal(DuplicateVerdict.KeepExisting, DuplicateRule.Resolve(Small, Large, silent, again with { RemoteAddress = "10.0.0.2" }));
        var heard = silent with { Silence = DuplicateRule.StaleAfter - TimeSpan.FromTicks(1) };
        Assert.Equal(DuplicateVerdict.KeepExisting, DuplicateRule.Resolve(Small, Large, heard, again));
    }

    private static bool KeepsOwnDial(Bytes32 own, Bytes32 peer, bool ownDialFirst)
    {
        var verdict = DuplicateRule.Resolve(own, peer, Facts(dialled: ownDialFirst), Facts(dialled: !ownDialFirst));
        return (verdict == DuplicateVerdict.KeepExisting) == ownDialFirst;
    }

    private static ConnectionFacts Facts(bool dialled) =>
        new(dialled, "10.0.0.1", TimeSpan.FromSeconds(1), TimeSpan.Zero, Established: false);
}
