using Chia.Cryptography.ClassGroups.Evaluation;
using Chia.GrainInterfaces.Roles;
using static Chia.Grains.Tests.Timelord.ScriptedTimelord;

namespace Chia.Grains.Tests.Timelord;

/// <summary>Slots, weights and the rules by which evaluations end (ROLES.md 5.2 to 5.5).</summary>
public class TimelordSchedulerTests
{
    [Fact]
    public void A_challenge_is_evaluated_when_there_is_something_to_prove()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        timelord.Announce(1, weight: 10);
        Assert.Empty(timelord.Evaluated);
        Assert.Equal(TimelordChallengeState.Idle, timelord.Status(1).State);
        Assert.Null(timelord.Need(1, 5000));
        Assert.Equal([Challenge(1)], timelord.Evaluated);
        Assert.Equal([5000UL], timelord.Wanted(1));
        Assert.Equal(TimelordChallengeState.Running, timelord.Status(1).State);
        timelord.Prove(1, 5000);
        Assert.Equal(5000UL, Assert.Single(timelord.Sent).NumberOfIterations);
        Assert.Equal(TimelordChallengeState.Idle, timelord.Status(1).State);
    }

    [Fact]
    public void Iterations_may_come_before_the_challenge()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        timelord.Need(1, 7000);
        timelord.Need(1, 5000);
        Assert.Empty(timelord.Evaluated);
        timelord.Announce(1, weight: 10);
        Assert.Equal([5000UL, 7000UL], timelord.Wanted(1));
    }

    [Fact]
    public void Iterations_that_come_late_are_told_at_once_and_once()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        timelord.Announce(1, weight: 10);
        timelord.Need(1, 5000);
        timelord.Need(1, 3000);
        timelord.Need(1, 3000);
        Assert.Equal([3000UL, 5000UL], timelord.Wanted(1));

        // Even after all was proven: what was squared is not squared again.
        timelord.Prove(1, 3000);
        timelord.Prove(1, 5000);
        timelord.Need(1, 4000);
        Assert.Equal([4000UL], timelord.Wanted(1));
        Assert.Equal(1, timelord.Started);
    }

    [Fact]
    public void A_repeated_announcement_changes_nothing()
    {
        var timelord = new ScriptedTimelord(slots: 2);
        timelord.Connect("other");
        timelord.Announce(1, weight: 10);
        timelord.Need(1, 5000);
        timelord.Announce(1, weight: 10);
        timelord.Announce(1, weight: 10, "other");
        Assert.Equal(1, timelord.Started);
        Assert.Equal([5000UL], timelord.Wanted(1));
        timelord.Prove(1, 5000);
        timelord.Announce(1, weight: 10, "other");
        Assert.Equal((1, 1), (timelord.Started, timelord.Sent.Count));
    }

    [Fact]
    public void A_challenge_keeps_the_weight_that_it_was_announced_with()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        timelord.Connect("other");
        timelord.Announce(1, weight: 10);
        timelord.Announce(1, weight: 99, "other");
        Assert.Equal(10UL, Assert.Single(timelord.Status().Challenges).Weight);
    }

    [Fact]
    public void The_heaviest_goes_first_and_equals_wait_in_order()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        foreach (var challenge in new[] { 1, 2, 3 })
            timelord.Need(challenge, 5000);
        timelord.Announce(1, weight: 20);
        timelord.Announce(2, weight: 10);
        timelord.Announce(3, weight: 20);
        Assert.Equal([Challenge(1)], timelord.Evaluated);
        timelord.Prove(1, 5000);
        Assert.Equal([5000UL], timelord.Wanted(3));
        Assert.Equal(TimelordChallengeState.Waiting, timelord.Status(2).State);
        timelord.Prove(3, 5000);
        Assert.Equal([5000UL], timelord.Wanted(2));
    }

    [Fact]
    public void A_heavier_challenge_replaces_a_lighter_one_when_the_slots_are_full()
    {
        var timelord = new ScriptedTimelord(slots: 2);
        timelord.Announce(1, weight: 20);
        timelord.Announce(2, weight: 10);
        timelord.Need(1, 5000);
        timelord.Need(2, 5000);
        timelord.Announce(3, weight: 30);
        Assert.Empty(timelord.Stopping);
        timelord.Need(3, 5000);
        Assert.Equal([Challenge(2)], timelord.Stopping);

        // The slot is free when the threads have ended, not before; nobody else is sent away meanwhile.
        timelord.Need(3, 4000);
        Assert.Equal([Challenge(2)], timelord.Stopping);
        Assert.DoesNotContain(Challenge(3), timelord.Evaluated);
        timelord.End(2);
        Assert.Equal([4000UL, 5000UL], timelord.Wanted(3));

        // It belongs to a tip and waits again; when there is room it begins anew.
        Assert.Equal(TimelordChallengeState.Waiting, timelord.Status(2).State);
        timelord.Prove(1, 5000);
        Assert.Equal([5000UL], timelord.Wanted(2));
    }

    [Fact]
    public void A_challenge_as_heavy_waits()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        timelord.Announce(1, weight: 10);
        timelord.Need(1, 5000);
        timelord.Announce(2, weight: 10);
        timelord.Need(2, 1000);
        Assert.Empty(timelord.Stopping);
        Assert.Equal([Challenge(1)], timelord.Evaluated);
    }

    [Fact]
    public void With_a_free_slot_nobody_has_to_go()
    {
        var timelord = new ScriptedTimelord(slots: 3);
        foreach (var challenge in new[] { 1, 2, 3 })
        {
            timelord.Announce(challenge, (ulong)challenge);
            timelord.Need(challenge, 5000);
        }

        Assert.Equal(3, timelord.Evaluated.Count());
        Assert.Equal(3, timelord.Status().BusySlots);
    }

    [Fact]
    public void Of_the_lightest_the_one_with_the_farthest_proof_has_to_go()
    {
        var timelord = new ScriptedTimelord(slots: 3);
        timelord.Announce(1, weight: 10);
        timelord.Announce(2, weight: 10);
        timelord.Announce(3, weight: 10);
        timelord.Need(1, 9000);
        timelord.Need(1, 30_000);
        timelord.Need(2, 6000);
        timelord.Need(2, 20_000);
        timelord.Need(3, 5000);
        timelord.Progress(1, 5000);
        timelord.Progress(2, 1000);
        timelord.Progress(3, 2000);
        timelord.Announce(4, weight: 11);
        timelord.Need(4, 1000);
        Assert.Equal([Challenge(2)], timelord.Stopping);
    }

    [Fact]
    public void Of_equals_the_one_started_last_has_to_go()
    {
        var timelord = new ScriptedTimelord(slots: 2);
        timelord.Announce(1, weight: 10);
        timelord.Announce(2, weight: 10);
        timelord.Need(1, 5000);
        timelord.Need(2, 5000);
        timelord.Announce(3, weight: 11);
        timelord.Need(3, 1000);
        Assert.Equal([Challenge(2)], timelord.Stopping);
    }

    [Fact]
    public void A_tip_without_iterations_does_not_keep_the_others_waiting()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        timelord.Announce(1, weight: 20);
        timelord.Need(1, 5000);
        timelord.Prove(1, 5000);
        timelord.Announce(2, weight: 30);
        timelord.Announce(3, weight: 20);
        timelord.Need(3, 5000);
        Assert.Equal([5000UL], timelord.Wanted(3));
    }

    [Fact]
    public void Three_proofs_settle_a_weight_and_all_below()
    {
        var timelord = new ScriptedTimelord(slots: 4);
        timelord.Announce(1, weight: 10);
        timelord.Announce(2, weight: 10);
        timelord.Announce(3, weight: 9);
        foreach (var challenge in new[] { 1, 2, 3 })
        {
            timelord.Need(challenge, 3000);
            timelord.Need(challenge, 5000);
            timelord.Need(challenge, 7000);
        }

        timelord.Prove(1, 3000);
        timelord.Prove(1, 5000);
        timelord.Prove(3, 3000);
        Assert.Empty(timelord.Stopping);
        Assert.Null(timelord.Status().SettledWeight);
        timelord.Prove(2, 3000);
        Assert.Equal([Challenge(1), Challenge(2), Challenge(3)], timelord.Stopping.Order());
        Assert.Equal(10UL, timelord.Status().SettledWeight);
        timelord.EndAll();

        // Neither another challenge of that weight nor other iterations for one of these; only a heavier one.
        timelord.Announce(4, weight: 10);
        timelord.Need(4, 5000);
        timelord.Need(1, 6000);
        Assert.Empty(timelord.Evaluated);
        Assert.Equal(TimelordChallengeState.Settled, timelord.Status(4).State);
        timelord.Announce(5, weight: 11);
        timelord.Need(5, 5000);
        Assert.Equal([Challenge(5)], timelord.Evaluated);
    }

    [Fact]
    public void A_proof_that_is_ready_when_its_evaluation_is_stopped_is_sent()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        timelord.Announce(1, weight: 10);
        timelord.Need(1, 5000);
        timelord.Announce(2, weight: 20);
        timelord.Need(2, 5000);
        Assert.Equal([Challenge(1)], timelord.Stopping);
        timelord.Prove(1, 5000);
        Assert.Single(timelord.Sent);
        Assert.Empty(timelord.Evaluated);
        timelord.End(1);
        Assert.Equal([5000UL], timelord.Wanted(2));
    }

    [Theory]
    [InlineData(2, 0, 0)]
    [InlineData(2, 2, 0)]
    [InlineData(2, 3, 1)]
    [InlineData(0, 0, 0)]
    [InlineData(0, 1, 1)]
    [InlineData(2, 999_999_999, 0)]
    [InlineData(2, VdfEvaluator.MaximumIterations, 1)]
    [InlineData(2, VdfEvaluator.MaximumIterations + 1, 0)]
    public void Counts_that_cannot_be_proven_are_passed_over(int witnessType, ulong iterations, int evaluations)
    {
        var timelord = new ScriptedTimelord(1, o => o.WitnessType = witnessType);
        timelord.Announce(1, weight: 10);
        timelord.Need(1, iterations);
        Assert.Equal(evaluations, timelord.Evaluated.Count());
    }

    [Fact]
    public void The_status_tells_how_far_everything_is()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        timelord.Announce(1, weight: 10);
        timelord.Announce(2, weight: 9);
        timelord.Need(1, 5000);
        timelord.Need(1, 9000);
        timelord.Need(2, 100);
        timelord.Clock.Advance(TimeSpan.FromSeconds(5));
        timelord.Progress(1, 5010, 1002);
        timelord.Prove(1, 5000);
        var status = timelord.Status();
        Assert.Equal(
            (1, 1, 1, 1002.0, 1L, 0L),
            (status.FullNodes, status.Slots, status.BusySlots, status.IterationsPerSecond, status.ProofsMade, status.Failures));
        Assert.Equal([Challenge(1).ToString(), Challenge(2).ToString()], status.Challenges.Select(c => c.Challenge));
        Assert.Equivalent(
            new TimelordChallengeStatus(
                Challenge(1).ToString(), 10, TimelordChallengeState.Running, 5010, 1002, [9000], 1, TimeSpan.FromSeconds(5)),
            status.Challenges[0]);
        Assert.Equivalent(
            new TimelordChallengeStatus(Challenge(2).ToString(), 9, TimelordChallengeState.Waiting, 0, 0, [100], 0, TimeSpan.Zero),
            status.Challenges[1]);
    }
}
