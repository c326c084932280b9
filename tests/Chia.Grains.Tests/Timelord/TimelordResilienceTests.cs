using Chia.GrainInterfaces.Roles;
using Chia.Grains.Timelord;
using static Chia.Grains.Tests.Timelord.ScriptedTimelord;

namespace Chia.Grains.Tests.Timelord;

/// <summary>Full nodes that come and go, proofs that were lost, machines that miscalculate, and bounds (ROLES.md 12).</summary>
public class TimelordResilienceTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongTime = new TimelordOptions().LostNodeGrace + Moment;

    [Fact]
    public void A_full_node_that_asks_again_gets_the_proof_again()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        timelord.Announce(1, weight: 10);
        timelord.Need(1, 5000);
        timelord.Prove(1, 5000);
        timelord.Lose(Node);
        timelord.Connect("back");
        timelord.Announce(1, weight: 10, "back");
        Assert.Equal(timelord.Sent[0], timelord.Need(1, 5000));
        Assert.Equal((1, 1), (timelord.Started, timelord.Sent.Count));
    }

    [Fact]
    public void An_evaluation_outlasts_a_short_loss_of_its_full_node()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        timelord.Announce(1, weight: 10);
        timelord.Need(1, 5000);
        timelord.Lose(Node);
        timelord.Tick(Moment);
        Assert.Equal(0, timelord.Status().FullNodes);
        timelord.Connect("back");
        timelord.Tick(Moment);
        timelord.Announce(1, weight: 10, "back");
        timelord.Tick(LongTime);
        Assert.Equal([5000UL], timelord.Wanted(1));
        Assert.Equal(1, timelord.Started);
    }

    [Fact]
    public void Without_full_nodes_evaluations_end_after_a_while()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        timelord.Announce(1, weight: 10);
        timelord.Need(1, 5000);
        timelord.Lose(Node);
        timelord.Tick(LongTime);
        Assert.Equal([Challenge(1)], timelord.Stopping);
        timelord.End(1);
        timelord.Connect("back");
        timelord.Announce(1, weight: 10, "back");
        Assert.Equal([5000UL], timelord.Wanted(1));
    }

    [Fact]
    public void Tips_of_a_lost_full_node_are_dropped_when_another_is_ahead()
    {
        var timelord = new ScriptedTimelord(slots: 2);
        timelord.Announce(1, weight: 10);
        timelord.Need(1, 5000);
        timelord.Lose(Node);
        timelord.Connect("other");
        timelord.Announce(2, weight: 10, "other");
        timelord.Tick(Moment);
        Assert.Empty(timelord.Stopping);
        timelord.Announce(3, weight: 11, "other");
        timelord.Tick(Moment);
        Assert.Equal([Challenge(1)], timelord.Stopping);
    }

    [Fact]
    public void A_chain_that_was_lost_is_evaluated_anew()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        Settle(timelord, 1, weight: 50);
        timelord.Lose(Node);
        timelord.Connect("empty");
        timelord.Announce(2, weight: 10, "empty");
        timelord.Need(2, 5000);
        Assert.Equal([5000UL], timelord.Wanted(2));
    }

    [Fact]
    public void Proofs_settle_nothing_for_a_full_node_on_another_chain()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        timelord.Connect("apart");
        Settle(timelord, 1, weight: 50);
        timelord.Announce(2, weight: 50, "apart");
        timelord.Need(2, 5000);
        Assert.Equal([5000UL], timelord.Wanted(2));
        timelord.Announce(1, weight: 50, "apart");
        Assert.Equal([Challenge(2)], timelord.Stopping);
    }

    [Fact]
    public void Proofs_settle_a_weight_for_a_full_node_that_returns()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        Settle(timelord, 1, weight: 50);
        timelord.Lose(Node);
        timelord.Tick(LongTime);
        timelord.Connect("back");
        timelord.Announce(1, weight: 50, "back");
        timelord.Need(1, 9000);
        Assert.Empty(timelord.Evaluated);
        Assert.Equal(TimelordChallengeState.Settled, timelord.Status(1).State);
    }

    [Fact]
    public void What_is_not_a_tip_any_more_is_not_evaluated()
    {
        var timelord = new ScriptedTimelord(slots: 4);
        for (var challenge = 1; challenge <= 4; challenge++)
        {
            timelord.Announce(challenge, (ulong)challenge);
            timelord.Need(challenge, 5000);
        }

        Assert.Equal([Challenge(1)], timelord.Stopping);
        timelord.End(1);
        Assert.Equal([Challenge(2), Challenge(3), Challenge(4)], timelord.Evaluated);
    }

    [Fact]
    public void A_failed_evaluation_begins_anew_and_sends_nothing()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        timelord.Announce(1, weight: 10);
        timelord.Need(1, 5000);
        timelord.Need(1, 7000);
        timelord.Prove(1, 5000);
        timelord.Fail(1);
        Assert.Equal([7000UL], timelord.Wanted(1));
        Assert.Equal((2, 1), (timelord.Started, timelord.Sent.Count));
        Assert.Equal(1, timelord.Status().Failures);
    }

    [Fact]
    public void A_challenge_that_always_fails_is_given_up_and_its_slot_is_free()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        timelord.Announce(1, weight: 10);
        timelord.Announce(2, weight: 9);
        timelord.Need(1, 5000);
        timelord.Need(2, 5000);
        timelord.Fail(1);
        timelord.Fail(1);
        Assert.Empty(timelord.GivenUp);
        timelord.Fail(1);
        Assert.Equal([Challenge(1)], timelord.GivenUp);
        Assert.Equal(TimelordChallengeState.GivenUp, timelord.Status(1).State);
        Assert.Equal([5000UL], timelord.Wanted(2));
    }

    [Fact]
    public void Idle_evaluations_are_few()
    {
        var timelord = new ScriptedTimelord(1, o => o.MaxIdleEvaluations = 1);
        timelord.Announce(1, weight: 10);
        timelord.Announce(2, weight: 10);
        timelord.Need(1, 5000);
        timelord.Prove(1, 5000);
        timelord.Need(2, 5000);
        timelord.Prove(2, 5000);
        Assert.Equal([Challenge(1)], timelord.Stopping);
        Assert.Equal([Challenge(2)], timelord.Evaluated);
    }

    [Fact]
    public void Targets_are_bounded_and_the_smallest_stay()
    {
        var timelord = new ScriptedTimelord(1, o => o.MaxTargets = 3);
        foreach (ulong iterations in new ulong[] { 9000, 8000, 7000, 6000, 7500 })
            timelord.Need(1, iterations);
        timelord.Announce(1, weight: 10);
        Assert.Equal([6000UL, 7000UL, 7500UL], timelord.Wanted(1));
        timelord.Need(1, 5000);
        Assert.Equal([6000UL, 7000UL, 7500UL], timelord.Wanted(1));
    }

    [Fact]
    public void Challenges_that_nobody_announced_are_bounded_and_cost_the_others_nothing()
    {
        var timelord = new ScriptedTimelord(1, o => o.MaxChallenges = 10);
        timelord.Announce(1, weight: 10);
        timelord.Need(1, 5000);
        timelord.Prove(1, 5000);
        timelord.Need(999, 5000);
        for (var challenge = 1000; challenge < 1100; challenge++)
            timelord.Need(challenge, 5000);
        Assert.NotNull(timelord.Need(1, 5000));
        timelord.Announce(999, weight: 10);
        timelord.Announce(1099, weight: 10);
        Assert.Equal([Challenge(1), Challenge(1099)], timelord.Evaluated);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(1, 3000)]
    [InlineData(2, 3000)]
    [InlineData(3, 3000)]
    public void Whatever_happens_the_heaviest_tip_gets_its_proofs(int slots, ulong headStart)
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var timelord = new ScriptedTimelord(slots, o => (o.HeadStartIterations, o.MaxIdleEvaluations) = (headStart, seed % 5));
            var random = new Random(seed);
            for (var step = 0; step < 200; step++)
                Step(timelord, random);

            // From here on nothing fails, and whatever is computed is finished sooner or later.
            const int Last = 1000;
            timelord.Connect("last");
            timelord.Announce(Last, weight: 1000, "last");
            timelord.Need(Last, 5000);
            for (var step = 0; step < 100 && timelord.Sent.All(p => p.ChallengeHash != Challenge(Last)); step++)
            {
                timelord.EndAll();
                if (timelord.AllTold().ToList() is { Count: > 0 } told)
                    timelord.Prove(Proof(told[0].Challenge, told[0].Iterations));
            }

            Assert.Contains(timelord.Sent, p => p.ChallengeHash == Challenge(Last));
        }
    }

    private static void Step(ScriptedTimelord timelord, Random random)
    {
        var challenge = random.Next(12);
        var node = random.Next(3) == 0 ? "other" : Node;
        var told = timelord.AllTold().ToList();
        switch (random.Next(10))
        {
            case 0 or 1:
                timelord.Announce(challenge, (ulong)(challenge / 2), node);
                break;
            case 2 or 3 or 4:
                timelord.Need(challenge, (ulong)random.Next(3, 40));
                break;
            case 5 or 6 when told.Count > 0:
                var (done, iterations) = told[random.Next(told.Count)];
                timelord.Prove(Proof(done, iterations));
                break;
            case 7:
                timelord.EndAll();
                break;
            case 8 when random.Next(4) == 0:
                timelord.Lose(node);
                timelord.Connect(node);
                break;
            case 8:
                timelord.Square((ulong)random.Next(2000));
                break;
            case 9:
                timelord.Tick(TimeSpan.FromSeconds(random.Next(200)));
                break;
        }
    }

    private static void Settle(ScriptedTimelord timelord, int challenge, ulong weight)
    {
        timelord.Announce(challenge, weight);
        for (var i = 1UL; i <= ProofCounts.Enough; i++)
        {
            timelord.Need(challenge, 1000 * i);
            timelord.Prove(challenge, 1000 * i);
        }

        Assert.Equal(weight, timelord.Status().SettledWeight);
        timelord.EndAll();
    }
}
