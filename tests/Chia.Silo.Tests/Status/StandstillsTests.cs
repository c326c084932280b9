using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Silo.Status;
using Chia.Testing;

namespace Chia.Silo.Tests.Status;

public class StandstillsTests
{
    private static readonly FullNodeStatus Moving = new(null, 1, 1, 0);
    private static readonly FullNodeStatus Dead = new(StatusReason.NoPlotAnswers, 1, 1, 0);

    [Theory]
    [InlineData(SyncState.Synced)]
    [InlineData(SyncState.NoPeers)]
    public void A_chain_that_stands_still_is_stalled_and_says_why(SyncState state)
    {
        var report = Standstills.Apply(Report(state), Dead, farmer: null, harvester: null, wantsPeers: true);
        Assert.Equal(SyncState.Stalled, report.State);
        Assert.Equal(StatusReason.NoPlotAnswers, report.Reason);
        var facts = new StatusFacts("main", TestNetworks.Of("small40"), [Role.FullNode], [], default, default) { Sync = report };
        Assert.Equal((NodeState.Stalled, (StatusReason?)StatusReason.NoPlotAnswers), StatusOf.Judge(facts));
    }

    [Theory]
    [InlineData(SyncState.Syncing)]
    [InlineData(SyncState.Collecting)]
    public void A_sync_goes_first(SyncState state) =>
        Assert.Equal(state, Standstills.Apply(Report(state), Dead, farmer: null, harvester: null, wantsPeers: true).State);

    [Theory]
    [InlineData(SyncState.Syncing)]
    [InlineData(SyncState.Synced)]
    [InlineData(SyncState.NoPeers)]
    public void A_store_that_takes_nothing_goes_before_all(SyncState state)
    {
        var report = Standstills.Apply(Report(state), "the store x cannot be used: the disk is full");
        Assert.Equal((StatusReason.StoreUnwritable, "the store x cannot be used: the disk is full"), (report.Reason, report.Detail));
        Assert.Same(report, Standstills.Apply(report, storeFault: null));
        Assert.Equal(SyncState.Stalled, report.State);
    }

    [Theory]
    [InlineData(SyncState.Syncing)]
    [InlineData(SyncState.Collecting)]
    [InlineData(SyncState.Synced)]
    [InlineData(SyncState.Stalled)]
    public void A_clock_that_refuses_what_the_others_have_is_named_with_how_wrong_it_is(SyncState state)
    {
        var report = Standstills.Apply(Report(state) with { ClockBehind = TimeSpan.FromHours(27) });
        var facts = new StatusFacts("main", TestNetworks.Of("small40"), [Role.FullNode], [], default, default) { Sync = report };
        Assert.Equal((NodeState.Stalled, (StatusReason?)StatusReason.ClockWrong), StatusOf.Judge(facts));
        Assert.Equal(
            "stalled: this machine's clock is wrong; set it (most peers have blocks that are 1 d 03:00:00 ahead of it)",
            StatusSentence.Of(NodeState.Stalled, StatusReason.ClockWrong, report.Detail));
        Assert.Equal(Report(state), Standstills.Apply(Report(state)));
    }

    [Fact]
    public void A_chain_that_moves_is_what_the_sync_says() =>
        Assert.Equal(
            SyncState.Synced, Standstills.Apply(Report(SyncState.Synced), Moving, farmer: null, harvester: null, wantsPeers: true).State);

    /// <summary>Whether anybody farms is for those to know who have peers.</summary>
    [Fact]
    public void Who_is_cut_off_says_so_and_not_that_nobody_farms()
    {
        var alone = Dead with { Standstill = StatusReason.NoFarmer, Farmers = 0 };
        Assert.Equal(SyncState.NoPeers, Standstills.Apply(Report(SyncState.NoPeers), alone, null, null, wantsPeers: true).State);
        Assert.Equal(StatusReason.NoFarmer, Standstills.Apply(Report(SyncState.NoPeers), alone, null, null, wantsPeers: false).Reason);
        Assert.Equal(StatusReason.NoFarmer, Standstills.Apply(Report(SyncState.Synced), alone, null, null, wantsPeers: true).Reason);
    }

    [Fact]
    public void It_is_told_how_many_proofs_there_are_and_how_many_plots_are_missing()
    {
        Assert.Equal(
            "the plots have 0.8 proofs per challenge; 11 more make it safe",
            StatusSentence.Detail(StatusReason.NoPlotAnswers, proofsPerChallenge: 0.8, plots: 2));
        Assert.Equal("the plots have 0.8 proofs per challenge", StatusSentence.Detail(StatusReason.NoPlotAnswers, 0.8, plots: null));
        Assert.Equal("the plots have 50.0 proofs per challenge", StatusSentence.Detail(StatusReason.NoPlotAnswers, 50, plots: 2));
    }

    private static SyncReport Report(SyncState state) => new(state, SyncPhase.Idle, 0, 0, 0, 0, 0, "", 0, null, "");
}
