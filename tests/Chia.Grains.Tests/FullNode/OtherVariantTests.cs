using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Grains.Tests.FullNode;

/// <summary>
/// Blocks that come one by one and answer the challenge of another variant of a block that is stored and has children already
/// (DECISIONS 1): our branch is three blocks long, theirs four.
/// </summary>
public sealed class OtherVariantTests
{
    private const int Forked = 20;
    private const int Heavier = 4;

    private static readonly Bytes32 Ours = Rebinding.Main.Hashes[Forked + Heavier - 1];
    private static readonly PeerConnection Peer = FullNodeScene.Node();

    [Fact]
    public async Task A_branch_on_a_variant_that_can_be_made_here_wins_with_the_block_that_makes_it_heavier()
    {
        await using var scene = await Start();
        var branch = Rebinding.Branch(Rebinding.OutputVariant(Forked), Forked, Heavier);
        foreach (var block in branch[..^1])
        {
            Assert.Empty((await scene.Say(Peer, new BlockMessage(block))).OfType<RoleEffect.Broadcast>());
            Assert.Equal(Ours, await Heaviest(scene));
        }

        AssertAnnounced(branch[^1], await scene.Say(Peer, new BlockMessage(branch[^1])));
        Assert.Equal(branch[^1].HeaderHash(), await Heaviest(scene));
        Assert.Equal(Rebinding.OutputVariant(Forked).ToBytes(), await StoredAtFork(scene));
    }

    [Fact]
    public async Task The_variant_that_a_child_answers_is_asked_of_its_sender_once()
    {
        await using var scene = await Start();
        var branch = Rebinding.Branch(Rebinding.OtherProof(Forked), Forked, Heavier);
        AssertAsked(await scene.Say(Peer, new BlockMessage(branch[0])));
        Assert.Empty(await scene.Say(Peer, new BlockMessage(branch[1])));
        Assert.Empty(await scene.Say(FullNodeScene.Node("second"), new BlockMessage(branch[0])));
    }

    [Fact]
    public async Task The_variant_comes_and_the_heavier_branch_that_waited_for_it_is_announced()
    {
        await using var scene = await Start();
        var variant = Rebinding.OtherProof(Forked);
        var branch = Rebinding.Branch(variant, Forked, Heavier);
        foreach (var block in branch)
            await scene.Say(Peer, new BlockMessage(block));
        Assert.Equal(Ours, await Heaviest(scene));

        AssertAnnounced(branch[^1], await scene.Say(Peer, new BlockMessage(variant)));
        Assert.Equal(branch[^1].HeaderHash(), await Heaviest(scene));
        Assert.Equal(variant.ToBytes(), await StoredAtFork(scene));
    }

    [Fact]
    public async Task The_variant_of_a_branch_that_is_no_heavier_is_held_and_taken_when_one_block_more_comes()
    {
        await using var scene = await Start();
        var variant = Rebinding.OtherProof(Forked);
        var branch = Rebinding.Branch(variant, Forked, Heavier);
        foreach (var block in branch[..^1])
            await scene.Say(Peer, new BlockMessage(block));
        Assert.Empty(await scene.Say(Peer, new BlockMessage(variant)));
        Assert.Equal(Ours, await Heaviest(scene));
        Assert.Equal(Rebinding.Main.Blocks[Forked].ToBytes(), await StoredAtFork(scene));
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.DoesNotContain(await scene.FullNode.Tick(), effect => effect is RoleEffect.Penalise); // It has given what it was asked for.

        AssertAnnounced(branch[^1], await scene.Say(Peer, new BlockMessage(branch[^1])));
        Assert.Equal(branch[^1].HeaderHash(), await Heaviest(scene));
        Assert.Equal(variant.ToBytes(), await StoredAtFork(scene));
    }

    [Fact]
    public async Task A_variant_that_came_and_changed_nothing_is_not_checked_again()
    {
        await using var scene = await Start();
        var variant = Rebinding.OtherProof(Forked);
        await scene.Say(Peer, new BlockMessage(Rebinding.Branch(variant, Forked, 1)[0]));
        await scene.Say(Peer, new BlockMessage(variant));
        scene.Proofs.Forget();
        Assert.Empty(await scene.Say(Peer, new BlockMessage(variant)));
        Assert.Equal(0, scene.ProofsOfTime);
    }

    [Fact]
    public async Task A_child_that_answers_yet_another_variant_than_the_one_held_has_it_asked_for()
    {
        await using var scene = await Start();
        await scene.Say(Peer, new BlockMessage(Rebinding.Branch(Rebinding.OtherProof(Forked), Forked, 1)[0]));
        await scene.Say(Peer, new BlockMessage(Rebinding.OtherProof(Forked)));
        AssertAsked(await scene.Say(Peer, new BlockMessage(Rebinding.Branch(Rebinding.OtherProof(Forked, witness: 4), Forked, 1)[0])));
    }

    [Fact]
    public async Task A_variant_that_nobody_asked_for_is_not_even_checked()
    {
        await using var scene = await Start();
        Assert.Empty(await scene.Say(Peer, new BlockMessage(Rebinding.OtherProof(Forked))));
        Assert.Equal(0, scene.ProofsOfTime);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_switch_that_finds_no_room_is_made_when_there_is(bool isMadeHere)
    {
        await using var scene = await Start();
        var variant = isMadeHere ? Rebinding.OutputVariant(Forked) : Rebinding.OtherProof(Forked);
        var branch = Rebinding.Branch(variant, Forked, Heavier);
        FullBlock[] arriving = isMadeHere ? branch : [.. branch, variant];
        foreach (var block in arriving[..^1])
            await scene.Say(Peer, new BlockMessage(block));

        scene.Chain.Store.IsFull = true;
        Assert.Empty(await scene.Say(Peer, new BlockMessage(arriving[^1])));
        Assert.Equal(Ours, await Heaviest(scene));
        scene.Chain.Store.IsFull = false;
        Assert.True(await scene.Chain.TryStore());

        AssertAnnounced(branch[^1], await scene.FullNode.Tick());
        Assert.Equal(branch[^1].HeaderHash(), await Heaviest(scene));
    }

    private static async Task<FullNodeScene> Start()
    {
        var scene = await FullNodeScene.Start(Forked + Heavier);
        scene.Proofs.Space = Rebinding.QualityOf;
        return scene;
    }

    private static async Task<Bytes32> Heaviest(FullNodeScene scene) => (await scene.Chain.GetSnapshot()).Heaviest.HeaderHash;

    private static async Task<byte[]> StoredAtFork(FullNodeScene scene) =>
        (await scene.Chain.GetBlock(Rebinding.Main.Hashes[Forked]))!.Bytes.ToArray();

    private static void AssertAsked(List<RoleEffect> effects)
    {
        var request = Assert.IsType<RoleEffect.Send>(Assert.Single(effects));
        Assert.Equal(Rebinding.Main.Hashes[Forked], Assert.IsType<RequestBlockMessage>(request.Message).HeaderHash);
        Assert.Equal(Peer, request.To);
    }

    private static void AssertAnnounced(FullBlock tip, List<RoleEffect> effects)
    {
        var told = Assert.Single(effects.OfType<RoleEffect.Broadcast>(), effect => effect.Message is BlockMessage);
        Assert.Equal(tip.HeaderHash(), ((BlockMessage)told.Message).Block.HeaderHash());
        Assert.DoesNotContain(effects, effect => effect is RoleEffect.Penalise);
    }
}
