using Chia.Grains.Chain;

namespace Chia.Grains.Tests.Timelord;

/// <summary>Several full nodes at one timelord: none of them takes the slots, or the memory, of all others. And a dead end is left
/// (DECISIONS 16).</summary>
public class TimelordFairnessTests
{
    private const int Honest = 1;

    [Fact]
    public void A_full_node_with_ever_heavier_challenges_does_not_displace_those_of_another()
    {
        var timelord = new ScriptedTimelord(slots: 2);
        timelord.Connect("attacker");
        timelord.Announce(Honest, 50);
        timelord.Need(Honest, 1000);
        for (var i = 0; i < 150; i++)
        {
            timelord.Announce(100 + i, 1000 + (ulong)i, "attacker");
            timelord.Need(100 + i, 1_000_000, "attacker");
            timelord.EndAll();
        }

        Assert.Contains(ScriptedTimelord.Challenge(Honest), timelord.Evaluated);
        Assert.Equal([1000UL], timelord.Wanted(Honest));
    }

    [Fact]
    public void With_one_slot_a_configured_full_node_goes_first()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        timelord.Connect("configured", isConfigured: true);
        timelord.Announce(2, 1000);
        timelord.Need(2, 1_000_000);
        timelord.Announce(Honest, 50, "configured");
        timelord.Need(Honest, 1000, "configured");
        timelord.EndAll();
        Assert.Equal([ScriptedTimelord.Challenge(Honest)], timelord.Evaluated);
    }

    [Fact]
    public void Counts_that_one_full_node_wants_do_not_crowd_out_anothers()
    {
        var timelord = new ScriptedTimelord(slots: 1, options => options.MaxTargets = 4);
        timelord.Connect("attacker");
        timelord.Announce(9, 100);
        timelord.Need(9, 1_000_000);
        timelord.Announce(Honest, 50);
        timelord.Announce(Honest, 50, "attacker");
        timelord.Need(Honest, 5000);
        for (ulong count = 10; count < 30; count++)
            timelord.Need(Honest, count, "attacker");
        Assert.Contains(5000UL, timelord.Status(Honest).Targets);
        Assert.Equal(4, timelord.Status(Honest).Targets.Length);
    }

    [Fact]
    public void What_was_announced_below_the_tips_is_evaluated_when_these_have_had_nothing_to_prove_for_the_pause()
    {
        var timelord = new ScriptedTimelord(slots: 1);
        foreach (var number in new[] { 10, 11, 12 })
            timelord.Announce(number, (ulong)number);
        timelord.Announce(5, 5);
        timelord.Need(5, 700);
        Assert.Empty(timelord.Evaluated);
        timelord.Tick(DeadEnd.PauseOf(ScriptedTimelord.Constants));
        Assert.Equal([ScriptedTimelord.Challenge(5)], timelord.Evaluated);
        Assert.Equal([700UL], timelord.Wanted(5));

        // A tip that is answered after all goes first again.
        timelord.Need(12, 900);
        timelord.EndAll();
        Assert.Equal([ScriptedTimelord.Challenge(12)], timelord.Evaluated);
    }
}
