using Chia.GrainInterfaces.Peers;
using Chia.Grains.Farmer;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.Farmer;

/// <summary>Which challenges are put to harvesters, and when they are forgotten (ROLES.md 3.1, 3.2, 12).</summary>
public class FarmerChallengeTests
{
    private readonly FarmerScene _scene = new();

    [Fact]
    public void A_new_heaviest_challenge_is_put_to_every_harvester()
    {
        _scene.Harvester("h1");
        _scene.Harvester("h2");
        var told = FarmerScene.Sent<NewChallengeMessage>(_scene.State.Finalized(_scene.Node(), FarmerScene.Challenge("a", 5, 50)));
        Assert.Equal(["h1", "h2"], told.Select(t => t.To));
        Assert.All(told, t => Assert.Equal(FarmerScene.Hash("a"), t.Message.ChallengeHash));
    }

    [Fact]
    public void The_same_challenge_again_asks_nothing()
    {
        _scene.Harvester();
        var node = _scene.Node();
        Assert.Single(_scene.State.Finalized(node, FarmerScene.Challenge("a", 5, 50)).Messages);
        Assert.Empty(_scene.State.Finalized(node, FarmerScene.Challenge("a", 5, 50)).Messages);
        Assert.Empty(_scene.State.Finalized(_scene.Node("other"), FarmerScene.Challenge("a", 5, 50)).Messages);
    }

    [Fact]
    public void Less_weight_asks_nothing_but_is_answered_for()
    {
        var harvester = _scene.Harvester();
        var node = _scene.Node();
        _scene.State.Finalized(node, FarmerScene.Challenge("a", 5, 50));
        Assert.Empty(_scene.State.Finalized(node, FarmerScene.Challenge("b", 4, 49)).Messages);
        Assert.Equal(50UL, _scene.State.CurrentWeight);
        Assert.Single(_scene.Answer(harvester, "b", FarmerScene.Quality(2)).Messages);
    }

    [Fact]
    public void Equal_weight_and_another_challenge_asks()
    {
        _scene.Harvester();
        var node = _scene.Node();
        _scene.State.Finalized(node, FarmerScene.Challenge("a", 5, 50));
        Assert.Single(_scene.State.Finalized(node, FarmerScene.Challenge("b", 5, 50)).Messages);
    }

    [Fact]
    public void A_new_harvester_is_told_the_pools_and_the_current_challenges()
    {
        var node = _scene.Node();
        _scene.State.Finalized(node, FarmerScene.Challenge("old", 4, 40));
        _scene.State.Finalized(node, FarmerScene.Challenge("a", 5, 50));
        _scene.State.Finalized(node, FarmerScene.Challenge("b", 5, 50));
        var peer = Support.TestPeers.Connection(Role.Farmer, Role.Harvester, "late");
        var messages = FarmerScene.Sent(_scene.State.Connected(peer)).Select(t => t.Message).ToList();
        Assert.Equal(FarmerScene.Keys.PoolPublicKeys, Assert.IsType<HarvesterHandshakeMessage>(messages[0]).PoolPubkeys);
        Assert.Equal(
            [FarmerScene.Hash("a"), FarmerScene.Hash("b")],
            messages.Skip(1).Select(m => Assert.IsType<NewChallengeMessage>(m).ChallengeHash));
    }

    /// <summary>Whoever names the greatest weight does not decide what is farmed for the others.</summary>
    [Fact]
    public void The_heaviest_challenge_of_every_full_node_is_farmed()
    {
        _scene.Harvester();
        var heavy = _scene.Node("heavy");
        var light = _scene.Node("light");
        Assert.Single(_scene.State.Finalized(heavy, FarmerScene.Challenge("a", 5, 50)).Messages);
        Assert.Single(_scene.State.Finalized(light, FarmerScene.Challenge("b", 4, 40)).Messages);
        Assert.Empty(_scene.State.Finalized(light, FarmerScene.Challenge("c", 3, 30)).Messages);
        Assert.Empty(_scene.State.Finalized(light, FarmerScene.Challenge("a", 5, 50)).Messages);
        Assert.Empty(_scene.State.Disconnected(heavy).Messages);
    }

    [Fact]
    public void A_full_node_of_a_hundred_heavier_challenges_displaces_none_of_the_others()
    {
        var scene = new FarmerScene(new FarmerOptions { MaxChallenges = 5 });
        var harvester = scene.Harvester();
        var honest = scene.Node("honest");
        scene.State.Finalized(honest, FarmerScene.Challenge("a", 5, 50));
        scene.State.Finalized(honest, FarmerScene.Challenge("b", 6, 60));
        var greedy = scene.Node("greedy");
        for (uint i = 0; i < 100; i++)
            scene.State.Finalized(greedy, FarmerScene.Challenge($"c{i}", 1000 + i, 1000 + i));
        Assert.Single(scene.Answer(harvester, "b", FarmerScene.Quality(2)).Messages);
        Assert.Single(scene.Answer(harvester, "a", FarmerScene.Quality(1)).Messages);

        // The challenges of whoever is gone make room first.
        scene.State.Disconnected(greedy);
        for (uint i = 0; i < 3; i++)
            scene.State.Finalized(honest, FarmerScene.Challenge($"d{i}", 7 + i, 70 + i));
        Assert.Equal(5, scene.State.Status().Challenges);
        Assert.Equal(72UL, scene.State.CurrentWeight);
        Assert.Single(scene.Answer(harvester, "a", FarmerScene.Quality(0)).Messages);
    }

    [Fact]
    public void A_node_that_lost_its_chain_is_farmed_from_where_it_is()
    {
        _scene.Harvester();
        var node = _scene.Node();
        _scene.State.Finalized(node, FarmerScene.Challenge("a", 500, 5000));
        _scene.State.Disconnected(node);
        Assert.Single(_scene.State.Finalized(_scene.Node("again"), FarmerScene.Challenge("genesis", 0, 10)).Messages);
    }

    [Fact]
    public void Difficulty_zero_is_refused()
    {
        var result = _scene.State.Finalized(_scene.Node(), FarmerScene.Challenge("a", 5, 50, difficulty: 0));
        Assert.NotNull(result.Blame);
        Assert.Equal(0, _scene.State.Status().Challenges);
    }

    [Fact]
    public void An_answer_to_an_unknown_challenge_is_a_breach_and_to_a_forgotten_one_is_not()
    {
        var harvester = _scene.Harvester();
        Assert.Equal(Blame.Limit, _scene.Answer(harvester, "never", FarmerScene.Quality(0)).Blame!.Points);
        var node = _scene.Node();
        _scene.State.Finalized(node, FarmerScene.Challenge("a", 5, 50));
        _scene.State.Finalized(node, FarmerScene.Challenge("b", 6, 60));
        _scene.Clock.Advance(_scene.Options.ChallengeAge + TimeSpan.FromSeconds(1));
        _scene.State.Tick([]);
        Assert.Equal(1, _scene.State.Status().Challenges);
        var late = _scene.Answer(harvester, "a", FarmerScene.Quality(0));
        Assert.Null(late.Blame);
        Assert.Empty(late.Messages);
    }

    [Fact]
    public void Old_challenges_go_with_all_that_hangs_on_them_and_the_current_one_stays()
    {
        var harvester = _scene.Harvester();
        var node = _scene.Node();
        _scene.State.Finalized(node, FarmerScene.Challenge("a", 5, 50));
        _scene.Prove(harvester, "a", FarmerScene.Quality(0));
        _scene.Clock.Advance(_scene.Options.ChallengeAge * 3);
        _scene.State.Tick([]);
        Assert.Equal((1, 1), (_scene.State.Status().Challenges, _scene.State.Status().Qualities));
        _scene.State.Finalized(node, FarmerScene.Challenge("b", 6, 60));
        _scene.State.Tick([]);
        Assert.Equal((1, 0), (_scene.State.Status().Challenges, _scene.State.Status().Qualities));

        // What was asked for then is late now; what never was is wrong.
        Assert.Null(_scene.MakeHeader(node, "a", FarmerScene.Quality(0), "header").Blame);
        Assert.NotNull(_scene.MakeHeader(node, "a", FarmerScene.Quality(1), "header").Blame);
    }

    [Fact]
    public void The_number_of_challenges_is_bounded_and_the_lightest_makes_room()
    {
        var scene = new FarmerScene(new FarmerOptions { MaxChallenges = 3 });
        var node = scene.Node();
        for (uint i = 1; i <= 10; i++)
            scene.State.Finalized(node, FarmerScene.Challenge($"c{i}", i, i * 10));
        Assert.Equal(3, scene.State.Status().Challenges);
        Assert.Equal(100UL, scene.State.CurrentWeight);
    }

    [Fact]
    public void A_question_that_nobody_answers_is_repeated_and_one_that_was_answered_is_not()
    {
        var harvester = _scene.Harvester();
        _scene.State.Finalized(_scene.Node(), FarmerScene.Challenge("a", 5, 50));
        Assert.Empty(_scene.State.Tick([]).Messages);
        _scene.Clock.Advance(_scene.Options.AskAgainAfter);
        Assert.IsType<NewChallengeMessage>(Assert.Single(_scene.State.Tick([]).Messages).Message);
        Assert.Empty(_scene.State.Tick([]).Messages);
        _scene.Prove(harvester, "a", FarmerScene.Quality(0));
        _scene.Clock.Advance(_scene.Options.AskAgainAfter);
        Assert.Empty(_scene.State.Tick([]).Messages);
    }
}
