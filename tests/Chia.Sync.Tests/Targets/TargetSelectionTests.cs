using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Sync.Peers;
using Chia.Sync.Targets;
using Chia.Sync.Tests.Support;
using Chia.Testing;

namespace Chia.Sync.Tests.Targets;

/// <summary>Which announced tip is gone for, and when one that led nowhere may be tried again (SYNC.md 7, item 3).</summary>
public sealed class TargetSelectionTests
{
    private static readonly VectorChain Chain = VectorChain.Load("small40");
    private static readonly SyncOptions Options = new();
    private static readonly OwnTips Own = new(0, 0, 0);

    private readonly PeerTable _peers = new(Options, new Random(1));
    private readonly TargetSelection _targets = new(Options);

    [Fact]
    public void The_heaviest_is_gone_for_and_among_equals_the_earliest()
    {
        Assert.Null(Best());
        Announce("low", 30);
        Announce("high", 39);
        Announce("high too", 39);
        Assert.Equal("high", Best()!.Peer.ToString());
        Assert.Equal("low", _targets.Best(_peers, Own, default, except: Chain.Hashes[39])!.Peer.ToString());
    }

    /// <summary>A claim costs nothing, so one connection gets in the way of honest targets once.</summary>
    [Fact]
    public void Whose_targets_led_nowhere_comes_after_all_others()
    {
        Announce("honest", 30);
        Announce("boaster", 39).Disappointments = 1;
        Assert.Equal("honest", Best()!.Peer.ToString());
    }

    [Fact]
    public void What_is_no_heavier_than_ours_or_near_is_no_target()
    {
        var tip = Announce("a", 39).Tip!;
        Assert.False(_targets.IsWanted(tip, new OwnTips(tip.Weight, 39, 39)));
        Assert.False(_targets.IsWanted(tip, new OwnTips(tip.Weight - 1, 38, 38)));
        Assert.True(_targets.IsWanted(tip with { OutOfReach = true }, new OwnTips(tip.Weight - 1, 38, 38)));
    }

    [Fact]
    public void A_condemned_block_is_never_tried_again_whoever_announces_it()
    {
        Announce("a", 39);
        _targets.Remember(Chain.Hashes[39], TargetFailure.InvalidChain, condemned: true, default, [(PeerName)"a"]);
        Announce("b", 39);
        Assert.True(_targets.IsCondemned(Chain.Hashes[39]));
        Assert.Null(_targets.Best(_peers, Own, TimeSpan.FromDays(1)));
    }

    [Fact]
    public void What_nobody_answered_for_is_tried_on_another_s_word_and_after_each_failure_later()
    {
        Announce("a", 39);
        _targets.Remember(Chain.Hashes[39], TargetFailure.Unanswered, condemned: false, default, [(PeerName)"a"]);
        Assert.Null(Best());
        Announce("b", 39);
        Assert.Equal("b", Best()!.Peer.ToString());

        _targets.Remember(Chain.Hashes[39], TargetFailure.Unanswered, condemned: false, default, [(PeerName)"b"]);
        Announce("c", 39);
        Assert.Null(Best());
        Assert.Equal(Options.RevivePause, _targets.NextRetry(default));
        Assert.Equal("c", _targets.Best(_peers, Own, Options.RevivePause)!.Peer.ToString());
        Assert.Equal(2 * Options.AskAgainPause, _targets.NextRetry(Options.RevivePause));
    }

    [Fact]
    public void Who_did_not_answer_is_asked_again_after_a_long_pause_and_after_each_failure_later()
    {
        Announce("a", 39);
        for (var failures = 1; failures <= 4; failures *= 2)
        {
            _targets.Remember(Chain.Hashes[39], TargetFailure.Unanswered, condemned: false, default, [(PeerName)"a"]);
            Assert.Null(_targets.Best(_peers, Own, (Options.AskAgainPause * failures) - TimeSpan.FromSeconds(1)));
            Assert.NotNull(_targets.Best(_peers, Own, Options.AskAgainPause * failures));
        }

        _targets.Remember(Chain.Hashes[39], TargetFailure.FalseChain, condemned: false, default, [(PeerName)"a"]);
        Assert.Null(_targets.Best(_peers, Own, TimeSpan.FromDays(100)));
    }

    [Fact]
    public void What_failed_by_our_fault_is_tried_again_after_a_pause_on_the_same_word()
    {
        Announce("a", 39);
        _targets.Remember(Chain.Hashes[39], TargetFailure.Local, condemned: false, default, [(PeerName)"a"]);
        Assert.Null(Best());
        Assert.NotNull(_targets.Best(_peers, Own, Options.LocalRetry));
        _targets.Revive(Chain.Hashes[39], TimeSpan.FromSeconds(1));
        Assert.NotNull(_targets.Best(_peers, Own, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void What_was_overtaken_again_and_again_waits_twice_as_long_each_time_and_no_longer_than_an_hour()
    {
        Announce("a", 39);
        var pauses = new List<TimeSpan>();
        for (var i = 0; i < 12; i++)
        {
            _targets.Remember(Chain.Hashes[39], TargetFailure.Overtaken, condemned: false, default, [(PeerName)"a"]);
            pauses.Add(_targets.NextRetry(default)!.Value);
        }

        Assert.Equal(
            Enumerable.Range(0, 12).Select(i => Options.SilenceBackoff * (1 << Math.Min(i, 7))), pauses);
    }

    [Fact]
    public void Failures_are_remembered_in_bounded_number()
    {
        for (var i = 0; i < Options.FailedTargets; i++)
            _targets.Remember(Hash(i), TargetFailure.InvalidChain, condemned: true, default, []);
        Assert.True(_targets.IsCondemned(Hash(0)));
        _targets.Remember(Hash(-1), TargetFailure.InvalidChain, condemned: true, default, []);
        Assert.False(_targets.IsCondemned(Hash(0)));
        Assert.True(_targets.IsCondemned(Hash(1)));
    }

    private PotentialTip? Best() => _targets.Best(_peers, Own, default);

    private PeerState Announce(PeerName name, int height)
    {
        FullBlock block = Chain.Blocks[height];
        var peer = _peers.Add(name);
        peer.Tip = new PotentialTip(name, Chain.Hashes[height], block, OutOfReach: false);
        return peer;
    }

    private static Bytes32 Hash(int number) =>
        new(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(number)));
}
