using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Grains.FullNode;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.FullNode;

/// <summary>Proofs of time that complete something, and the many that do not (DECISIONS 13).</summary>
public class ProofOfTimeTests
{
    private const int Height = 20;

    private static ProofOfTime Next => FullNodeScene.Main.Blocks[Height].HeaderBlock.ProofOfTime!;

    [Fact]
    public async Task A_proof_completes_the_unfinished_block_that_waits_for_it()
    {
        await using var scene = await FullNodeScene.Start(Height);
        await scene.Say(FullNodeScene.Node("other"), new UnfinishedBlockMessage(FullNodeScene.Unfinished(Height)));
        var effects = await scene.Say(FullNodeScene.Node(), new NewProofOfTimeMessage(Next));
        Assert.Equal(FullNodeScene.Main.Hashes[Height], (await scene.Chain.GetSnapshot()).Heaviest.HeaderHash);
        Assert.Contains(effects, e => e is RoleEffect.Broadcast { Message: BlockMessage });

        // The same from others is late, not wrong, and costs nothing.
        var verified = scene.ProofsOfTime;
        Assert.Empty(await scene.Say(FullNodeScene.Node("late"), new NewProofOfTimeMessage(Next)));
        Assert.Empty(await scene.Say(FullNodeScene.Worker(Role.Timelord), new ProofOfTimeFinishedMessage(Next)));
        Assert.Equal(verified, scene.ProofsOfTime);
    }

    [Fact]
    public async Task A_proof_that_a_child_of_a_tip_could_need_is_passed_on_once_whatever_its_spelling()
    {
        await using var scene = await FullNodeScene.Start(Height);
        var relay =
            Assert.IsType<RoleEffect.Broadcast>(Assert.Single(await scene.Say(FullNodeScene.Node(), new NewProofOfTimeMessage(Next))));
        Assert.IsType<NewProofOfTimeMessage>(relay.Message);
        for (byte i = 0; i < 5; i++)
        {
            var respelled = Next with { Witness = ByteString.Copy([i]) };
            Assert.Empty(await scene.Say(FullNodeScene.Node($"p{i}"), new NewProofOfTimeMessage(respelled)));
        }

        Assert.Equal(1, scene.ProofsOfTime);
    }

    [Fact]
    public async Task A_flood_of_useless_proofs_is_hardly_verified_and_costs_its_senders_their_reputation()
    {
        await using var scene = await FullNodeScene.Start(Height);
        var blamed = 0;
        for (var i = 0; i < 2000; i++)
        {
            var proof = Next with { NumberOfIterations = Next.NumberOfIterations + (ulong)i };
            var effects = await scene.Say(FullNodeScene.Node($"p{i % 10}"), new NewProofOfTimeMessage(proof));
            blamed += effects.OfType<RoleEffect.Penalise>().Count();
        }

        Assert.Equal(ProofBudget.PerChallenge, scene.ProofsOfTime);
        Assert.Equal(2000 - ProofBudget.PerChallenge - (10 * ProofBudget.UselessPerBlockTime), blamed);
    }

    [Fact]
    public async Task Iterations_that_no_block_could_need_are_bad_data_and_are_not_verified()
    {
        await using var scene = await FullNodeScene.Start(Height);
        var effects = await scene.Say(FullNodeScene.Node(), new NewProofOfTimeMessage(Next with { NumberOfIterations = 1 }));
        Assert.Equal(BlameKind.BadData, Assert.IsType<RoleEffect.Penalise>(Assert.Single(effects)).Blame.Kind);
        Assert.Equal(0, scene.ProofsOfTime);
    }

    /// <summary>More than the mandatory seconds, two in this network, and no more than a farmer waits for.</summary>
    [Theory]
    [InlineData(2, 0, false)]
    [InlineData(2, 1, true)]
    [InlineData(10_000, 0, true)]
    [InlineData(10_000, 1, false)]
    public async Task Iterations_that_a_block_could_need_lie_between_bounds(ulong seconds, ulong more, bool isPassedOn)
    {
        await using var scene = await FullNodeScene.Start(Height);
        var speed = (await scene.Chain.GetSnapshot()).Heaviest.NextIterationsPerSecond;
        var proof = Next with { NumberOfIterations = (speed * seconds) + more };
        var effect = Assert.Single(await scene.Say(FullNodeScene.Node(), new NewProofOfTimeMessage(proof)));
        Assert.Equal(isPassedOn, effect is RoleEffect.Broadcast);
        Assert.Equal(isPassedOn ? 1 : 0, scene.ProofsOfTime);
    }

    [Fact]
    public async Task An_invalid_proof_is_bad_data_and_goes_nowhere()
    {
        await using var scene = await FullNodeScene.Start(Height);
        scene.Proofs.Time = (_, _) => "made up";
        var effects = await scene.Say(FullNodeScene.Node(), new NewProofOfTimeMessage(Next));
        Assert.Equal(BlameKind.BadData, Assert.IsType<RoleEffect.Penalise>(Assert.Single(effects)).Blame.Kind);
    }

    [Fact]
    public async Task A_timelord_whose_proofs_complete_nothing_loses_reputation_too()
    {
        await using var scene = await FullNodeScene.Start(Height);
        var timelord = FullNodeScene.Worker(Role.Timelord);
        for (var i = 0; i < ProofBudget.UselessPerBlockTime; i++)
            Assert.Empty(await scene.Say(timelord, new ProofOfTimeFinishedMessage(Next)));
        Assert.IsType<RoleEffect.Penalise>(Assert.Single(await scene.Say(timelord, new ProofOfTimeFinishedMessage(Next))));
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(await scene.Say(timelord, new ProofOfTimeFinishedMessage(Next)));
    }
}
