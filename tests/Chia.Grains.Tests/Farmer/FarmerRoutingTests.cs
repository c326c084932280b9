using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.Farmer;

/// <summary>With several harvesters and full nodes everything goes to the one it belongs to, also when they go and come back
/// (ROLES.md 3.3, 12, 13).</summary>
public class FarmerRoutingTests
{
    private static readonly Bytes32 Good = FarmerScene.Quality(0);
    private static readonly Bytes32 Worse = FarmerScene.Quality(1);

    private readonly FarmerScene _scene = new();

    [Fact]
    public void Headers_are_asked_of_the_nodes_that_announced_the_challenge()
    {
        var harvester = _scene.Harvester();
        _scene.State.Finalized(_scene.Node("n1"), FarmerScene.Challenge("a", 5, 50));
        _scene.State.Finalized(_scene.Node("n2"), FarmerScene.Challenge("a", 5, 50));
        _scene.State.Finalized(_scene.Node("n3"), FarmerScene.Challenge("b", 5, 50));
        var told = FarmerScene.Sent<RequestHeaderHashMessage>(_scene.Prove(harvester, "a", Good));
        Assert.Equal(["n1", "n2"], told.Select(t => t.To));
        Assert.Equal(FarmerScene.Keys.FarmerTarget, told[0].Message.FeesTargetPuzzleHash);
        Assert.Equal(6u, told[0].Message.Coinbase.Height);
        Assert.Equal(FarmerScene.Keys.PoolTarget, told[0].Message.Coinbase.PuzzleHash);
    }

    [Fact]
    public void Only_the_harvester_with_the_plot_signs_and_only_the_node_with_the_header_hears_of_it()
    {
        var (h1, h2) = (_scene.Harvester("h1"), _scene.Harvester("h2"));
        var (n1, n2) = (_scene.Node("n1"), _scene.Node("n2"));
        _scene.State.Finalized(n1, FarmerScene.Challenge("a", 1005, 50));
        _scene.State.Finalized(n2, FarmerScene.Challenge("a", 1005, 50));
        _scene.Prove(h1, "a", Good);
        _scene.Prove(h2, "a", Worse);

        Assert.Equal(("h1", FarmerScene.Hash("g1")), Request(_scene.MakeHeader(n1, "a", Good, "g1")));
        Assert.Equal(("h1", FarmerScene.Hash("g2")), Request(_scene.MakeHeader(n2, "a", Good, "g2")));
        Assert.Equal(("h2", FarmerScene.Hash("w1")), Request(_scene.MakeHeader(n1, "a", Worse, "w1")));

        // In another order than asked: the signature itself says which header it is for.
        Assert.Equal(("n2", FarmerScene.Hash("g2")), Signed(_scene.Sign(h1, Good, "g2")));
        Assert.Equal(("n1", FarmerScene.Hash("g1")), Signed(_scene.Sign(h1, Good, "g1")));
        Assert.Equal(("n1", FarmerScene.Hash("w1")), Signed(_scene.Sign(h2, Worse, "w1")));
        Assert.Equal(3, _scene.State.Status().HeadersSigned);
    }

    [Fact]
    public void A_header_that_is_told_again_is_signed_once_and_one_in_its_place_anew()
    {
        var harvester = _scene.Harvester();
        var node = _scene.Node();
        _scene.State.Finalized(node, FarmerScene.Challenge("a", 5, 50));
        _scene.Prove(harvester, "a", Good);
        Assert.Single(_scene.MakeHeader(node, "a", Good, "header").Messages);
        Assert.Empty(_scene.MakeHeader(node, "a", Good, "header"));
        Assert.Equal(("harvester", FarmerScene.Hash("next")), Request(_scene.MakeHeader(node, "a", Good, "next")));
    }

    [Fact]
    public void A_signature_is_delivered_once()
    {
        var harvester = _scene.Harvester();
        var node = _scene.Node();
        _scene.State.Finalized(node, FarmerScene.Challenge("a", 5, 50));
        _scene.Prove(harvester, "a", Good);
        _scene.MakeHeader(node, "a", Good, "header");
        Assert.Single(_scene.Sign(harvester, Good, "header").Messages);
        var again = _scene.State.SignatureArrived(harvester, new RespondHeaderSignatureMessage(Good, default), out var quality, out _);
        Assert.Null(again.Blame);
        Assert.Null(quality);
    }

    [Fact]
    public void Harvesters_answer_only_for_what_they_were_asked()
    {
        var (h1, h2) = (_scene.Harvester("h1"), _scene.Harvester("h2"));
        _scene.State.Finalized(_scene.Node(), FarmerScene.Challenge("a", 5, 50));
        _scene.Answer(h1, "a", Good);
        var proof = new RespondProofOfSpaceMessage(Good, FarmerScene.Proof(FarmerScene.Hash("a"), Good));
        Assert.NotNull(_scene.State.ProofArrived(h2, proof, out var quality).Blame);
        Assert.Null(quality);
        Assert.NotNull(_scene.State.SignatureArrived(h1, new RespondHeaderSignatureMessage(Good, default), out quality, out _).Blame);
        Assert.NotNull(_scene.State.PartialArrived(h1, new RespondPartialProofMessage(Good, default), out quality).Blame);
        Assert.Null(quality);
    }

    [Fact]
    public void A_header_from_a_node_that_was_not_asked_is_not_signed()
    {
        var harvester = _scene.Harvester();
        _scene.State.Finalized(_scene.Node("n1"), FarmerScene.Challenge("a", 5, 50));
        var other = _scene.Node("n2");
        _scene.Prove(harvester, "a", Good);
        var result = _scene.MakeHeader(other, "a", Good, "header");
        Assert.Empty(result.Messages);
        Assert.NotNull(result.Blame);
    }

    [Fact]
    public void A_node_that_comes_back_gets_the_proofs_that_were_found()
    {
        var harvester = _scene.Harvester();
        var node = _scene.Node("n1");
        _scene.State.Finalized(node, FarmerScene.Challenge("a", 5, 50));
        _scene.Prove(harvester, "a", Good);
        _scene.State.Disconnected(node);
        var back = _scene.Node("n1 again");
        var told = Assert.Single(_scene.State.Finalized(back, FarmerScene.Challenge("a", 5, 50)).Messages);
        Assert.Equal("n1 again", told.To.ConnectionId.ToString());
        Assert.IsType<RequestHeaderHashMessage>(told.Message);
        Assert.Equal(("harvester", FarmerScene.Hash("new")), Request(_scene.MakeHeader(back, "a", Good, "new")));
        Assert.Equal(("n1 again", FarmerScene.Hash("new")), Signed(_scene.Sign(harvester, Good, "new")));
    }

    [Fact]
    public void A_node_that_comes_late_gets_the_best_proof_first()
    {
        var harvester = _scene.Harvester();
        _scene.State.Finalized(_scene.Node("n1"), FarmerScene.Challenge("a", 1000, 50));
        _scene.Prove(harvester, "a", Worse);
        _scene.Prove(harvester, "a", Good);
        var told = FarmerScene.Sent<RequestHeaderHashMessage>(
            _scene.State.Finalized(_scene.Node("late"), FarmerScene.Challenge("a", 1000, 50)));
        Assert.Equal(
            [FarmerScene.Proof(FarmerScene.Hash("a"), Good), FarmerScene.Proof(FarmerScene.Hash("a"), Worse)],
            told.Select(t => t.Message.ProofOfSpace));
    }

    /// <summary>Its silo has died: the connection lives on, and all that it had made of the proofs is gone (CLUSTER.md 3).</summary>
    [Fact]
    public void A_node_that_tells_a_challenge_again_has_lost_the_proofs_and_gets_them_again()
    {
        var harvester = _scene.Harvester();
        var node = _scene.Node();
        Tell();
        _scene.Prove(harvester, "a", Good);
        _scene.MakeHeader(node, "a", Good, "lost");
        _scene.Sign(harvester, Good, "lost");
        Assert.Empty(Tell());
        _scene.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("node", Assert.Single(Tell()).To);

        // As a greeting and to all: both tell of the same loss.
        Assert.Empty(Tell());
        Assert.Equal(("harvester", FarmerScene.Hash("new")), Request(_scene.MakeHeader(node, "a", Good, "new")));
        Assert.Equal(("node", FarmerScene.Hash("new")), Signed(_scene.Sign(harvester, Good, "new")));

        // A chain that stands still says the same every few seconds (DECISIONS 16).
        _scene.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(Tell());
        _scene.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(Tell());

        List<(string To, RequestHeaderHashMessage Message)> Tell() =>
            FarmerScene.Sent<RequestHeaderHashMessage>(_scene.State.Finalized(node, FarmerScene.Challenge("a", 5, 50)));
    }

    [Fact]
    public void Of_many_proofs_a_node_that_has_lost_them_gets_the_best_again()
    {
        var harvester = _scene.Harvester();
        var node = _scene.Node();
        _scene.State.Finalized(node, FarmerScene.Challenge("a", 1005, 50));
        for (var rank = 9; rank >= 0; rank--)
            _scene.Prove(harvester, "a", FarmerScene.Quality(rank));
        _scene.Clock.Advance(TimeSpan.FromSeconds(2));
        var again = FarmerScene.Sent<RequestHeaderHashMessage>(_scene.State.Finalized(node, FarmerScene.Challenge("a", 1005, 50)));
        Assert.Equal(
            Enumerable.Range(0, 3).Select(rank => FarmerScene.Proof(FarmerScene.Hash("a"), FarmerScene.Quality(rank))),
            again.Select(told => told.Message.ProofOfSpace));
    }

    [Fact]
    public void A_signature_for_a_header_that_was_replaced_meanwhile_is_nobodys_fault_and_goes_nowhere()
    {
        var harvester = _scene.Harvester();
        var node = _scene.Node();
        _scene.State.Finalized(node, FarmerScene.Challenge("a", 5, 50));
        _scene.Prove(harvester, "a", Good);
        _scene.MakeHeader(node, "a", Good, "old");
        _scene.MakeHeader(node, "a", Good, "new");
        Assert.Empty(_scene.Sign(harvester, Good, "old").Messages);
        Assert.Equal(("node", FarmerScene.Hash("new")), Signed(_scene.Sign(harvester, Good, "new")));
    }

    [Fact]
    public void A_harvester_that_comes_back_before_its_proof_is_asked_for_it_again()
    {
        var harvester = _scene.Harvester("h");
        _scene.State.Finalized(_scene.Node(), FarmerScene.Challenge("a", 5, 50));
        _scene.Answer(harvester, "a", Good);
        _scene.State.Disconnected(harvester);
        var back = _scene.Harvester("h again");
        var told = Assert.Single(_scene.Answer(back, "a", Good).Messages);
        Assert.Equal("h again", told.To.ConnectionId.ToString());
        Assert.IsType<RequestProofOfSpaceMessage>(told.Message);
        Assert.Single(FarmerScene.Sent<RequestHeaderHashMessage>(_scene.Deliver(back, "a", Good)));
    }

    [Fact]
    public void A_harvester_that_comes_back_after_its_proof_signs_what_waits()
    {
        var harvester = _scene.Harvester("h");
        var node = _scene.Node();
        _scene.State.Finalized(node, FarmerScene.Challenge("a", 5, 50));
        _scene.Prove(harvester, "a", Good);
        _scene.State.Disconnected(harvester);
        Assert.Empty(_scene.MakeHeader(node, "a", Good, "header").Messages);
        var back = _scene.Harvester("h again");
        Assert.Equal(("h again", FarmerScene.Hash("header")), Request(_scene.Answer(back, "a", Good)));
        Assert.Equal(("node", FarmerScene.Hash("header")), Signed(_scene.Sign(back, Good, "header")));
    }

    [Fact]
    public void What_another_harvester_has_counts_again_when_the_best_one_is_lost()
    {
        var (h1, h2) = (_scene.Harvester("h1"), _scene.Harvester("h2"));
        _scene.State.Finalized(_scene.Node(), FarmerScene.Challenge("a", 5, 50));
        _scene.Answer(h1, "a", Good);
        Assert.Empty(_scene.Answer(h2, "a", Worse).Messages);
        var told = Assert.Single(FarmerScene.Sent<NewChallengeMessage>(_scene.State.Disconnected(h1)));
        Assert.Equal("h2", told.To);
        Assert.IsType<RequestProofOfSpaceMessage>(Assert.Single(_scene.Answer(h2, "a", Worse).Messages).Message);
    }

    [Fact]
    public void A_proof_that_never_comes_is_given_up_and_still_welcome()
    {
        var harvester = _scene.Harvester();
        _scene.State.Finalized(_scene.Node(), FarmerScene.Challenge("a", 5, 50));
        _scene.Answer(harvester, "a", Good);
        _scene.Clock.Advance(_scene.Options.ProofTimeout + TimeSpan.FromSeconds(1));
        List<Bytes32> givenUp = [];
        Assert.IsType<NewChallengeMessage>(Assert.Single(_scene.State.Tick(givenUp).Messages).Message);
        Assert.Equal([Good], givenUp);
        Assert.Empty(_scene.Answer(harvester, "a", Good).Messages);
        Assert.Single(_scene.Answer(harvester, "a", Worse).Messages);
        Assert.NotEmpty(FarmerScene.Sent<RequestHeaderHashMessage>(_scene.Deliver(harvester, "a", Good)));
        _scene.State.Tick(givenUp);
        Assert.Single(givenUp);
    }

    /// <summary>A drive that slept answers the second time; one that is broken is asked three times, and no more.</summary>
    [Fact]
    public void A_proof_that_did_not_come_is_asked_for_again_after_a_while()
    {
        var harvester = _scene.Harvester();
        _scene.State.Finalized(_scene.Node(), FarmerScene.Challenge("a", 5, 50));
        _scene.Answer(harvester, "a", Good);
        var asked = new List<int>();
        for (var minute = 1; minute < 30; minute++)
        {
            _scene.Clock.Advance(_scene.Options.ProofTimeout + TimeSpan.FromSeconds(1));
            if (FarmerScene.Sent<RequestProofOfSpaceMessage>(_scene.State.Tick([])).Count > 0)
                asked.Add(minute);
        }

        Assert.Equal([2, 6], asked);
        Assert.NotEmpty(FarmerScene.Sent<RequestHeaderHashMessage>(_scene.Deliver(harvester, "a", Good)));
    }

    [Fact]
    public void A_bad_proof_is_not_asked_for_again()
    {
        var harvester = _scene.Harvester();
        _scene.State.Finalized(_scene.Node(), FarmerScene.Challenge("a", 5, 50));
        _scene.Answer(harvester, "a", Good);
        var proof = FarmerScene.Proof(FarmerScene.Hash("a"), Good);
        _scene.State.ProofArrived(harvester, new RespondProofOfSpaceMessage(Good, proof), out var quality);
        Assert.NotNull(_scene.State.ProofVerified(harvester, quality!, null).Blame);
        for (var minute = 1; minute < 30; minute++)
        {
            _scene.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Empty(FarmerScene.Sent<RequestProofOfSpaceMessage>(_scene.State.Tick([])));
        }
    }

    [Fact]
    public void A_proof_that_one_harvester_did_not_deliver_is_asked_of_the_next_that_offers_it()
    {
        var broken = _scene.Harvester("broken");
        var other = _scene.Harvester("other");
        _scene.State.Finalized(_scene.Node(), FarmerScene.Challenge("a", 5, 50));
        _scene.Answer(broken, "a", Good);
        Assert.Empty(_scene.Answer(other, "a", Good).Messages);
        _scene.Clock.Advance(_scene.Options.ProofTimeout + TimeSpan.FromSeconds(1));
        _scene.State.Tick([]);
        Assert.Empty(_scene.Answer(broken, "a", Good).Messages);
        Assert.Equal("other", Assert.Single(FarmerScene.Sent<RequestProofOfSpaceMessage>(_scene.Answer(other, "a", Good))).To);
        Assert.NotEmpty(FarmerScene.Sent<RequestHeaderHashMessage>(_scene.Deliver(other, "a", Good)));
    }

    private static (string To, Bytes32 Header) Request(List<RoleEffect> result)
    {
        var (to, message) = Assert.Single(FarmerScene.Sent<RequestHeaderSignatureMessage>(result));
        return (to, message.HeaderHash);
    }

    private static (string To, Bytes32 Header) Signed(List<RoleEffect> result)
    {
        var (to, message) = Assert.Single(FarmerScene.Sent<HeaderSignatureMessage>(result));
        return (to, message.HeaderHash);
    }
}
