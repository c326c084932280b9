using Chia.GrainInterfaces.Roles;
using Chia.Grains.Timelord;
using static Chia.Grains.Tests.Timelord.ScriptedTimelord;

namespace Chia.Grains.Tests.Timelord;

/// <summary>Squaring before there is anything to prove, as the reference's does from the announcement on (ROLES.md 5.4, 5.7).</summary>
public class TimelordHeadStartTests
{
    private const ulong Bound = 10_000;

    [Fact]
    public void An_announced_challenge_is_squared_in_a_free_slot()
    {
        var timelord = New(slots: 1);
        timelord.Announce(1, weight: 10);
        Assert.Equal([Challenge(1)], timelord.Ahead);
        Assert.Equal(Bound, timelord.HeadStart(1));
        Assert.Equal((TimelordChallengeState.Ahead, 1), (timelord.Status(1).State, timelord.Status().BusySlots));

        // The same evaluation proves what comes to be needed, and then does not square on.
        timelord.Progress(1, 4000);
        timelord.Need(1, 5000);
        Assert.Equal([5000UL], timelord.Wanted(1));
        Assert.Equal((0UL, 1), (timelord.HeadStart(1), timelord.Started));
        Assert.Equal(TimelordChallengeState.Running, timelord.Status(1).State);
        timelord.Prove(1, 5000);
        Assert.Empty(timelord.Ahead);
        Assert.Equal((TimelordChallengeState.Idle, 0), (timelord.Status(1).State, timelord.Status().BusySlots));
    }

    [Fact]
    public void Nothing_is_squared_ahead_for_what_nobody_announced()
    {
        var timelord = New(slots: 2);
        timelord.Need(1, 5000);
        Assert.Equal(0, timelord.Started);
    }

    [Fact]
    public void The_heaviest_get_the_slots_and_a_heavier_one_takes_them()
    {
        var timelord = New(slots: 2);
        timelord.Announce(1, weight: 10);
        timelord.Announce(2, weight: 20);
        timelord.Announce(3, weight: 10);
        Assert.Equal([Challenge(1), Challenge(2)], timelord.Ahead);
        timelord.Announce(4, weight: 15);
        Assert.Equal([Challenge(2), Challenge(4)], timelord.Ahead);

        // What had to make room keeps its squarings, and goes on from there.
        Assert.Equal(TimelordChallengeState.Idle, timelord.Status(1).State);
        timelord.Need(2, 5000);
        timelord.Need(4, 5000);
        timelord.Prove(2, 5000);
        Assert.Equal([Challenge(1)], timelord.Ahead);
        Assert.Equal(3, timelord.Started);
    }

    [Fact]
    public void Who_has_something_to_prove_gets_the_slot_at_once()
    {
        var timelord = New(slots: 1);
        timelord.Announce(1, weight: 10);
        timelord.Announce(2, weight: 20);
        Assert.Equal([Challenge(2)], timelord.Ahead);
        timelord.Need(1, 5000);
        Assert.Equal([5000UL], timelord.Wanted(1));
        Assert.Empty(timelord.Ahead);
        Assert.Empty(timelord.Stopping);
        timelord.Prove(1, 5000);
        Assert.Equal([Challenge(2)], timelord.Ahead);
        Assert.Equal(2, timelord.Started);
    }

    [Fact]
    public void Nobody_is_ahead_while_a_slot_is_about_to_be_needed()
    {
        var timelord = New(slots: 1);
        timelord.Announce(1, weight: 10);
        timelord.Need(1, 5000);
        timelord.Announce(2, weight: 20);
        timelord.Announce(3, weight: 30);
        Assert.Empty(timelord.Ahead);
        timelord.Need(2, 5000);
        Assert.Equal([Challenge(1)], timelord.Stopping);
        Assert.Empty(timelord.Ahead);
        timelord.End(1);
        Assert.Equal([5000UL], timelord.Wanted(2));
        Assert.Empty(timelord.Ahead);
    }

    [Fact]
    public void At_the_bound_the_slot_goes_to_the_next_and_does_not_return()
    {
        var timelord = New(slots: 1);
        timelord.Announce(1, weight: 20);
        timelord.Announce(2, weight: 10);
        timelord.Progress(1, Bound - 1);
        timelord.Tick(TimeSpan.FromSeconds(0.5));
        Assert.Equal([Challenge(1)], timelord.Ahead);
        timelord.Progress(1, Bound);
        timelord.Tick(TimeSpan.FromSeconds(0.5));
        Assert.Equal([Challenge(2)], timelord.Ahead);
        Assert.Equal(TimelordChallengeState.Idle, timelord.Status(1).State);
        timelord.Progress(2, Bound + 10);
        timelord.Tick(TimeSpan.FromSeconds(0.5));
        Assert.Empty(timelord.Ahead);
        Assert.Equal((2, 0), (timelord.Started, timelord.Status().BusySlots));

        // Both have what they were squared for.
        timelord.Need(1, 5000);
        Assert.Equal([5000UL], timelord.Wanted(1));
    }

    [Fact]
    public void The_bound_is_one_of_time_too()
    {
        var timelord = New(slots: 1, o => o.HeadStartTime = TimeSpan.FromSeconds(6));
        timelord.Announce(1, weight: 10);
        Assert.Equal(Bound, timelord.HeadStart(1));
        timelord.Need(1, 5000);
        timelord.Progress(1, 5000, iterationsPerSecond: 1000);
        timelord.Prove(1, 5000);
        timelord.Announce(2, weight: 20);
        Assert.Equal(6000UL, timelord.HeadStart(2));
    }

    [Fact]
    public void No_bound_exceeds_what_can_be_proven()
    {
        var timelord = New(slots: 1, o => o.HeadStartIterations = ulong.MaxValue);
        timelord.Announce(1, weight: 10);
        Assert.Equal(TimelordOptions.MaximumIterations, timelord.HeadStart(1));
    }

    [Fact]
    public void What_was_proven_or_settled_or_is_no_tip_any_more_is_not_squared()
    {
        var timelord = New(slots: 4);
        for (var challenge = 1; challenge <= 4; challenge++)
            timelord.Announce(challenge, (ulong)challenge);
        Assert.Equal([Challenge(1)], timelord.Stopping);
        Assert.Equal([Challenge(2), Challenge(3), Challenge(4)], timelord.Ahead);
        foreach (var count in new ulong[] { 3000, 5000, 7000 })
        {
            timelord.Need(3, count);
            timelord.Prove(3, count);
        }

        Assert.Equal([Challenge(1), Challenge(2), Challenge(3)], timelord.Stopping.Order());
        Assert.Equal([Challenge(4)], timelord.Ahead);
    }

    [Fact]
    public void A_head_start_that_fails_counts_as_any_failure()
    {
        var timelord = New(slots: 1);
        timelord.Announce(1, weight: 10);
        timelord.Fail(1);
        timelord.Fail(1);
        Assert.Equal([Challenge(1)], timelord.Ahead);
        timelord.Fail(1);
        Assert.Equal([Challenge(1)], timelord.GivenUp);
        Assert.Empty(timelord.Evaluated);
    }

    [Fact]
    public void Announcements_alone_cannot_pile_up_evaluations()
    {
        // None of the threads that are told to stop gets to it.
        var timelord = New(slots: 1, o => o.MaxIdleEvaluations = 2);
        for (var challenge = 1; challenge <= 50; challenge++)
            timelord.Announce(challenge, (ulong)challenge);
        Assert.Equal(3, timelord.Started);
        timelord.EndAll();
        Assert.Equal([Challenge(50)], timelord.Ahead);
    }

    private static ScriptedTimelord New(int slots, Action<TimelordOptions>? configure = null) => new(slots, o =>
    {
        o.HeadStartIterations = Bound;
        configure?.Invoke(o);
    });
}
