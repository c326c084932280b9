using Chia.Grains.Tests.Support;
using Chia.Protocol.Messages;

namespace Chia.Grains.Tests.Farmer;

/// <summary>A block whose challenge no plot answers must not be the end of the chain.</summary>
public class FarmerDeadEndTests
{
    private readonly FarmerScene _scene = new();

    [Fact]
    public void The_next_best_answer_to_a_lighter_challenge_is_taken_up_after_a_while()
    {
        var harvester = _scene.Harvester();
        var node = _scene.Node();
        _scene.State.Finalized(node, FarmerScene.Challenge("parent", 5, 50));
        _scene.Prove(harvester, "parent", FarmerScene.Quality(0));
        Assert.Empty(_scene.Answer(harvester, "parent", FarmerScene.Quality(2)).Messages);
        Assert.Empty(_scene.Answer(harvester, "parent", FarmerScene.Quality(1)).Messages);
        _scene.State.Finalized(node, FarmerScene.Challenge("dead end", 6, 51));

        Assert.Empty(FarmerScene.Sent<RequestProofOfSpaceMessage>(_scene.State.Tick([])));
        _scene.Clock.Advance(_scene.Options.DeadEndAfter);
        Assert.Equal(
            FarmerScene.Quality(1), Assert.Single(FarmerScene.Sent<RequestProofOfSpaceMessage>(_scene.State.Tick([]))).Message.Quality);

        // One step at a time; then the next.
        Assert.Empty(FarmerScene.Sent<RequestProofOfSpaceMessage>(_scene.State.Tick([])));
        _scene.Clock.Advance(_scene.Options.DeadEndAfter);
        Assert.Equal(
            FarmerScene.Quality(2), Assert.Single(FarmerScene.Sent<RequestProofOfSpaceMessage>(_scene.State.Tick([]))).Message.Quality);
        _scene.Clock.Advance(_scene.Options.DeadEndAfter);
        Assert.Empty(FarmerScene.Sent<RequestProofOfSpaceMessage>(_scene.State.Tick([])));
    }

    /// <summary>DECISIONS 16: three block times of five minutes.</summary>
    [Fact]
    public void Below_the_tips_nothing_is_taken_up_before_the_pause()
    {
        var harvester = _scene.Harvester();
        var node = _scene.Node();
        _scene.State.Finalized(node, FarmerScene.Challenge("below", 5, 50));
        _scene.Prove(harvester, "below", FarmerScene.Quality(0));
        _scene.Answer(harvester, "below", FarmerScene.Quality(1));
        for (uint tip = 6; tip < 9; tip++)
            _scene.State.Finalized(node, FarmerScene.Challenge($"tip {tip}", tip, 50 + tip));

        // The tips' challenges are asked again first, and time is left for answers.
        _scene.Clock.Advance(TimeSpan.FromMinutes(14.5));
        Assert.Empty(FarmerScene.Sent<RequestProofOfSpaceMessage>(_scene.State.Tick([])));
        _scene.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(FarmerScene.Sent<RequestProofOfSpaceMessage>(_scene.State.Tick([])));
        _scene.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(
            FarmerScene.Quality(1), Assert.Single(FarmerScene.Sent<RequestProofOfSpaceMessage>(_scene.State.Tick([]))).Message.Quality);
    }

    [Fact]
    public void A_lighter_challenge_that_no_harvester_heard_of_is_asked_first()
    {
        var node = _scene.Node();
        _scene.State.Finalized(node, FarmerScene.Challenge("parent", 5, 50));
        _scene.State.Finalized(node, FarmerScene.Challenge("dead end", 6, 51));
        _scene.Harvester();
        _scene.Clock.Advance(_scene.Options.AskAgainAfter);
        var asked = FarmerScene.Sent<NewChallengeMessage>(_scene.State.Tick([])).Select(t => t.Message.ChallengeHash).ToList();
        _scene.Clock.Advance(_scene.Options.DeadEndAfter);
        asked.AddRange(FarmerScene.Sent<NewChallengeMessage>(_scene.State.Tick([])).Select(t => t.Message.ChallengeHash));
        Assert.Contains(FarmerScene.Hash("parent"), asked);
    }

    [Fact]
    public void A_quality_that_was_given_for_two_challenges_is_followed_once_and_keeps_nothing_from_being_done()
    {
        var harvester = _scene.Harvester();
        var node = _scene.Node();
        _scene.State.Finalized(node, FarmerScene.Challenge("parent", 5, 50));
        _scene.Prove(harvester, "parent", FarmerScene.Quality(0));
        _scene.Answer(harvester, "parent", FarmerScene.Quality(1));
        _scene.State.Finalized(node, FarmerScene.Challenge("dead end", 6, 51));
        Assert.Single(_scene.Answer(harvester, "dead end", FarmerScene.Quality(1)).Messages);
        _scene.Clock.Advance(_scene.Options.ProofTimeout + TimeSpan.FromSeconds(1));
        _scene.State.Tick([]);
        _scene.Clock.Advance(_scene.Options.DeadEndAfter);
        Assert.Empty(FarmerScene.Sent<RequestProofOfSpaceMessage>(_scene.State.Tick([])));
    }

    [Fact]
    public void An_answered_challenge_is_no_dead_end()
    {
        var harvester = _scene.Harvester();
        var node = _scene.Node();
        _scene.State.Finalized(node, FarmerScene.Challenge("parent", 5, 50));
        _scene.Prove(harvester, "parent", FarmerScene.Quality(0));
        _scene.Answer(harvester, "parent", FarmerScene.Quality(1));
        _scene.State.Finalized(node, FarmerScene.Challenge("alive", 6, 51));
        _scene.Prove(harvester, "alive", FarmerScene.Quality(0, "other"));
        _scene.Clock.Advance(_scene.Options.DeadEndAfter);
        Assert.Empty(FarmerScene.Sent<RequestProofOfSpaceMessage>(_scene.State.Tick([])));
    }

    [Fact]
    public void A_harvester_that_left_takes_its_answers_along()
    {
        var lost = _scene.Harvester("lost");
        _scene.Harvester("other");
        var node = _scene.Node();
        _scene.State.Finalized(node, FarmerScene.Challenge("parent", 5, 50));
        _scene.Prove(lost, "parent", FarmerScene.Quality(0));
        _scene.Answer(lost, "parent", FarmerScene.Quality(1));
        _scene.State.Finalized(node, FarmerScene.Challenge("dead end", 6, 51));
        _scene.State.Disconnected(lost);
        _scene.Clock.Advance(_scene.Options.DeadEndAfter);
        Assert.Empty(FarmerScene.Sent<RequestProofOfSpaceMessage>(_scene.State.Tick([])));
    }
}
