using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Grains.Farmer;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Grains.Tests.Farmer;

/// <summary>Which qualities are followed up, and how far (ROLES.md 3.2, 13).</summary>
public class FarmerProofTests
{
    private const ulong Difficulty = 3;

    private static readonly Bytes32 Best = FarmerScene.Quality(0);
    private static readonly Bytes32 Middle = FarmerScene.Quality(1);
    private static readonly Bytes32 Worst = FarmerScene.Quality(2);

    [Fact]
    public void The_made_up_qualities_are_in_order() =>
        Assert.True(Iterations(Best) < Iterations(Middle) && Iterations(Middle) < Iterations(Worst));

    [Theory]
    [InlineData(999u, false)]
    [InlineData(1000u, true)]
    public void Below_height_1000_only_improvements_count(uint height, bool all)
    {
        var (scene, harvester) = At(height);
        Assert.Single(scene.Answer(harvester, "a", Middle).Messages);
        Assert.Equal(all, scene.Answer(harvester, "a", Worst).Messages.Count == 1);
        Assert.Single(scene.Answer(harvester, "a", Best).Messages);
    }

    [Fact]
    public void As_good_as_the_best_is_no_improvement()
    {
        var bytes = Best.Span.ToArray();
        bytes[^1] ^= 1;
        var equal = new Bytes32(bytes);
        Assert.Equal(Iterations(Best), Iterations(equal));
        var (scene, harvester) = At(999);
        Assert.Single(scene.Answer(harvester, "a", Best).Messages);
        Assert.Empty(scene.Answer(harvester, "a", equal).Messages);
    }

    [Fact]
    public void A_quality_is_asked_for_once()
    {
        var (scene, harvester) = At(1000);
        Assert.Single(scene.Answer(harvester, "a", Best).Messages);
        Assert.Empty(scene.Answer(harvester, "a", Best).Messages);
    }

    [Fact]
    public void At_the_greater_threshold_nothing_is_asked_and_just_below_it_is()
    {
        // Thresholds are whole seconds, so the speed is chosen such that the expected time is a whole number of them, or a little less.
        var iterations = FarmerScene.IterationsOf(Middle, Difficulty, ips: 1);
        var seconds = (uint)iterations;
        Assert.Empty(Ask(new FarmerOptions { PoolShareThreshold = seconds, PropagateThreshold = 0 }, ips: 1));
        Assert.Single(Ask(new FarmerOptions { PoolShareThreshold = seconds + 1, PropagateThreshold = 0 }, ips: 1));
        Assert.Empty(Ask(new FarmerOptions { PoolShareThreshold = 0, PropagateThreshold = seconds }, ips: 1));
        Assert.Single(Ask(new FarmerOptions { PoolShareThreshold = 0, PropagateThreshold = seconds + 1 }, ips: 1));
    }

    [Fact]
    public void Each_threshold_decides_for_itself()
    {
        var seconds = (uint)FarmerScene.IterationsOf(Middle, Difficulty, ips: 1);
        var shareOnly = Prove(new FarmerOptions { PoolShareThreshold = seconds + 1, PropagateThreshold = seconds });
        Assert.IsType<RequestPartialProofMessage>(Assert.Single(shareOnly));
        var blockOnly = Prove(new FarmerOptions { PoolShareThreshold = seconds, PropagateThreshold = seconds + 1 });
        Assert.IsType<RequestHeaderHashMessage>(Assert.Single(blockOnly));
        var both = Prove(new FarmerOptions { PoolShareThreshold = seconds + 1, PropagateThreshold = seconds + 1 });
        Assert.Equal([typeof(RequestPartialProofMessage), typeof(RequestHeaderHashMessage)], both.Select(m => m.GetType()));
    }

    /// <summary>Whatever the harvester said before (ROLES.md 3.2, <c>respond_proof_of_space</c>, step 4).</summary>
    [Theory]
    [InlineData(FarmerScene.Size, 2)]
    [InlineData(1, 0)]
    public void What_a_proof_is_worth_is_told_by_its_own_size(byte size, int requests)
    {
        var seconds = (uint)FarmerScene.IterationsOf(Middle, Difficulty, ips: 1);
        var scene = new FarmerScene(new FarmerOptions { PoolShareThreshold = seconds + 1, PropagateThreshold = seconds + 1 });
        var harvester = scene.Harvester();
        scene.State.Finalized(scene.Node(ips: 1), FarmerScene.Challenge("a", 1000, 50, Difficulty));
        scene.Answer(harvester, "a", Middle);
        var proof = FarmerScene.Proof(FarmerScene.Hash("a"), Middle) with { Size = size };
        scene.State.ProofArrived(harvester, new RespondProofOfSpaceMessage(Middle, proof), out var quality);
        var verified = new VerifiedProof(proof, proof.Sha256(), new CoinbaseInfo(1001, 0, default), default);
        Assert.Equal(requests, scene.State.ProofVerified(harvester, quality!, verified).Messages.Count);
    }

    [Fact]
    public void Each_node_s_estimate_counts_for_its_own_challenges()
    {
        var seconds = (uint)FarmerScene.IterationsOf(Middle, Difficulty, ips: 1);
        var scene = new FarmerScene(new FarmerOptions { PoolShareThreshold = seconds, PropagateThreshold = seconds });
        var harvester = scene.Harvester();
        scene.State.Finalized(scene.Node("slow", ips: 1), FarmerScene.Challenge("slow", 1000, 50, Difficulty));
        scene.State.Finalized(scene.Node("fast", ips: 1_000_000), FarmerScene.Challenge("fast", 1000, 50, Difficulty));
        Assert.Empty(scene.Answer(harvester, "slow", Middle).Messages);
        Assert.Single(scene.Answer(harvester, "fast", Middle).Messages);
    }

    [Fact]
    public void The_estimate_of_another_node_counts_where_there_is_no_own()
    {
        var seconds = (uint)FarmerScene.IterationsOf(Middle, Difficulty, ips: 1);
        var scene = new FarmerScene(new FarmerOptions { PoolShareThreshold = seconds, PropagateThreshold = seconds });
        var harvester = scene.Harvester();
        scene.Node("told", ips: 1);
        var silent = Support.TestPeers.Connection(Role.Farmer, Role.FullNode, "silent");
        scene.State.Connected(silent);
        scene.State.Finalized(silent, FarmerScene.Challenge("a", 1000, 50, Difficulty));
        Assert.Empty(scene.Answer(harvester, "a", Middle).Messages);
    }

    [Fact]
    public void Without_an_estimate_ten_thousand_is_assumed()
    {
        var seconds = (uint)(FarmerScene.IterationsOf(Middle, Difficulty, ips: 10_000) / 10_000);
        foreach (var (threshold, expected) in new[] { (seconds, 0), (seconds + 1, 1) })
        {
            var scene = new FarmerScene(new FarmerOptions { PoolShareThreshold = threshold, PropagateThreshold = threshold });
            var harvester = scene.Harvester();
            var node = Support.TestPeers.Connection(Role.Farmer, Role.FullNode, "node");
            scene.State.Connected(node);
            scene.State.Rate(node, 0);
            scene.State.Finalized(node, FarmerScene.Challenge("a", 1000, 50, Difficulty));
            Assert.Equal(expected, scene.Answer(harvester, "a", Middle).Messages.Count);
        }
    }

    [Fact]
    public void A_proof_for_a_foreign_pool_is_a_breach_and_not_verified()
    {
        var (scene, harvester) = At(1000);
        scene.Answer(harvester, "a", Best);
        var foreign = FarmerScene.Proof(FarmerScene.Hash("a"), Best) with { PoolPublicKey = FarmerScene.PlotKey.PublicKey };
        var result = scene.State.ProofArrived(harvester, new RespondProofOfSpaceMessage(Best, foreign), out var quality);
        Assert.Equal(Blame.Limit, result.Blame!.Points);
        Assert.Null(quality);
    }

    [Fact]
    public void A_proof_that_does_not_verify_is_a_breach()
    {
        var (scene, harvester) = At(1000);
        scene.Answer(harvester, "a", Best);
        var proof = FarmerScene.Proof(FarmerScene.Hash("a"), Best);
        scene.State.ProofArrived(harvester, new RespondProofOfSpaceMessage(Best, proof), out var quality);
        Assert.Equal(Blame.Limit, scene.State.ProofVerified(harvester, quality!, null).Blame!.Points);
        Assert.Equal(0, scene.State.Status().ProofsFound);
    }

    [Fact]
    public void Plot_size_zero_is_a_breach()
    {
        var (scene, harvester) = At(1000);
        var result = scene.State.Answered(harvester, new ChallengeResponseMessage(FarmerScene.Hash("a"), Best, 0));
        Assert.Equal(Blame.Limit, result.Blame!.Points);
    }

    [Fact]
    public void A_quality_beyond_64_bits_of_iterations_is_ignored()
    {
        var (scene, harvester) = At(1000, difficulty: ulong.MaxValue);
        var result = scene.State.Answered(harvester, new ChallengeResponseMessage(FarmerScene.Hash("a"), new Bytes32(new byte[32]), 1));
        Assert.Empty(result.Messages);
        Assert.Null(result.Blame);
    }

    [Fact]
    public void Answers_in_reserve_are_bounded()
    {
        var scene = new FarmerScene(new FarmerOptions { MaxReserve = 2 });
        var harvester = scene.Harvester();
        scene.State.Finalized(scene.Node(), FarmerScene.Challenge("a", 5, 50, Difficulty));
        for (var rank = 0; rank < 5; rank++)
            scene.Answer(harvester, "a", FarmerScene.Quality(rank));
        Assert.Equal(1 + 2, Assert.Single(scene.State.NewestChallenges(1)).Answers);
    }

    [Fact]
    public void Followed_up_qualities_are_bounded()
    {
        var scene = new FarmerScene(new FarmerOptions { MaxQualities = 2 });
        var harvester = scene.Harvester();
        scene.State.Finalized(scene.Node(), FarmerScene.Challenge("a", 1000, 50, Difficulty));
        Assert.Equal(2, Enumerable.Range(0, 5).Sum(i => scene.Answer(harvester, "a", FarmerScene.Quality(i)).Messages.Count));
    }

    private static ulong Iterations(Bytes32 quality) => FarmerScene.IterationsOf(quality, Difficulty);

    private static (FarmerScene Scene, PeerConnection Harvester) At(uint height, ulong difficulty = Difficulty)
    {
        var scene = new FarmerScene();
        var harvester = scene.Harvester();
        scene.State.Finalized(scene.Node(), FarmerScene.Challenge("a", height, 50, difficulty));
        return (scene, harvester);
    }

    private static List<RoleEffect.Send> Ask(FarmerOptions options, ulong ips)
    {
        var scene = new FarmerScene(options);
        var harvester = scene.Harvester();
        scene.State.Finalized(scene.Node(ips: ips), FarmerScene.Challenge("a", 1000, 50, Difficulty));
        return scene.Answer(harvester, "a", Middle).Messages;
    }

    private static List<Message> Prove(FarmerOptions options)
    {
        var scene = new FarmerScene(options);
        var harvester = scene.Harvester();
        scene.State.Finalized(scene.Node(ips: 1), FarmerScene.Challenge("a", 1000, 50, Difficulty));
        return [.. scene.Prove(harvester, "a", Middle).Messages.Select(m => m.Message)];
    }
}
