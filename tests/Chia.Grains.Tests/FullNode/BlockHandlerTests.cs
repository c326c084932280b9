using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Grains.FullNode;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Grains.Tests.FullNode;

/// <summary>What becomes of a block (SYNC.md 3), and how often the chain is asked about it (HOUSE 4).</summary>
public sealed class BlockHandlerTests
{
    private const int Next = 20;

    private static readonly PeerConnection Peer = FullNodeScene.Node();

    private static BlockMessage Block(int height) => new(FullNodeScene.Main.Blocks[height]);

    [Fact]
    public async Task A_new_tip_is_told_to_timelords_farmers_and_all_full_nodes_but_its_sender()
    {
        await using var scene = await FullNodeScene.Start(Next);
        var effects = await scene.Say(Peer, Block(Next));
        Assert.Equal(
            [(Role.Timelord, ChallengeStartMessage.Name, false), (Role.FullNode, BlockMessage.Name, true),
                (Role.Farmer, ProofOfSpaceFinalizedMessage.Name, false)],
            effects.OfType<RoleEffect.Broadcast>().Select(b => (b.To, b.Message.Function, b.Except == Peer)));
        Assert.Equal(3, effects.Count);
        var (finalized, block) = (AnnouncementsTests.Finalized(Next), FullNodeScene.Main.Blocks[Next]);
        Assert.Equal(
            [new ChallengeStartMessage(finalized.ChallengeHash, finalized.Weight), new BlockMessage(block), finalized],
            effects.OfType<RoleEffect.Broadcast>().Select(b => b.Message));
    }

    /// <summary>SYNC.md 3.4: what is told is the block's own, the difficulty too, not that of the next.</summary>
    [Fact]
    public void Of_a_new_tip_its_own_numbers_are_told()
    {
        Bytes32 Hash(byte last) => new([.. new byte[31], last]);
        var tip = new TipInfo(Hash(1), Hash(2), Hash(3), 7, 8, 9, 10, 11, 12, Hash(4), 13, 14);
        var told = Announcements.NewBlock(tip, new BlockData(FullNodeScene.Main.Blocks[Next]), Peer).Cast<RoleEffect.Broadcast>();
        Assert.Equal(
            [
                new ChallengeStartMessage(Hash(3), 8),
                Block(Next),
                new ProofOfSpaceFinalizedMessage(Hash(3), 7, 8, Hash(4), 11),
            ],
            told.Select(b => b.Message));
    }

    /// <summary>The speed after block 14 is another, by the first adjustment.</summary>
    [Fact]
    public async Task A_new_speed_is_told_to_the_farmers_once_and_before_the_challenge()
    {
        await using var scene = await FullNodeScene.Start(14);
        var first = ToFarmers(await scene.Say(Peer, Block(14)));
        Assert.Equal([ProofOfTimeRateMessage.Name, ProofOfSpaceFinalizedMessage.Name], first.Select(m => m.Function));
        Assert.Equal(new ProofOfTimeRateMessage(1666), first[0]);
        Assert.Equal([ProofOfSpaceFinalizedMessage.Name], ToFarmers(await scene.Say(Peer, Block(15))).Select(m => m.Function));

        static List<Message> ToFarmers(List<RoleEffect> effects) =>
            [.. effects.OfType<RoleEffect.Broadcast>().Where(b => b.To == Role.Farmer).Select(b => b.Message)];
    }

    [Fact]
    public async Task A_block_beside_the_tips_is_stored_and_told_to_nobody()
    {
        var fork = VectorChain.Load("small40", fork: true);
        await using var scene = await FullNodeScene.Start(FullNodeScene.Main.Blocks.Count);
        Assert.Empty(await scene.Say(Peer, new BlockMessage(fork.Blocks[31])));
        Assert.NotNull(await scene.Chain.GetInfo(fork.Hashes[31]));
    }

    [Fact]
    public async Task The_chain_is_asked_where_a_block_stands_and_to_accept_it_and_answers_with_where_it_is_then()
    {
        await using var scene = await FullNodeScene.Start(Next);
        scene.Asked.Clear();
        await scene.Say(Peer, Block(Next));
        Assert.Equal([nameof(IBlockchainGrain.GetStanding), nameof(IBlockchainGrain.Accept)], scene.Asked);

        // What the answer said is what the next handler goes by: an unfinished block on the new tip is looked at, and asks once.
        scene.Asked.Clear();
        Assert.NotEmpty(await scene.Say(Peer, new UnfinishedBlockMessage(FullNodeScene.Unfinished(Next + 1))));
        Assert.Equal([nameof(IBlockchainGrain.CheckUnfinished)], scene.Asked);
    }

    [Fact]
    public async Task A_block_that_is_stored_costs_one_question_and_no_proof()
    {
        await using var scene = await FullNodeScene.Start(Next);
        scene.Asked.Clear();
        Assert.Empty(await scene.Say(Peer, Block(Next - 1)));
        Assert.Equal([nameof(IBlockchainGrain.GetStanding)], scene.Asked);
        Assert.Equal(0, scene.ProofsOfTime);
    }

    [Fact]
    public async Task A_bad_block_is_blamed_by_what_it_breaks_and_its_repetition_is_not_looked_at()
    {
        await using var scene = await FullNodeScene.Start(Next);
        scene.Proofs.Time = (_, _) => "no proof";
        var penalty = Assert.IsType<RoleEffect.Penalise>(Assert.Single(await scene.Say(Peer, Block(Next))));
        Assert.Equal((Peer, BlameKind.BadData), (penalty.Who, penalty.Blame.Kind));
        var verified = scene.ProofsOfTime;

        var again = Assert.IsType<RoleEffect.Penalise>(Assert.Single(await scene.Say(FullNodeScene.Node("second"), Block(Next))));
        Assert.Equal(BlameKind.Unhelpful, again.Blame.Kind);
        Assert.Equal(verified, scene.ProofsOfTime);
    }

    [Fact]
    public async Task A_block_whose_signature_does_not_verify_is_a_breach()
    {
        await using var scene = await FullNodeScene.Start(Next);
        scene.Proofs.AcceptsSignatures = false;
        var penalty = Assert.IsType<RoleEffect.Penalise>(Assert.Single(await scene.Say(Peer, Block(Next))));
        Assert.Equal(BlameKind.Breach, penalty.Blame.Kind);
        Assert.Equal(FullNodeScene.Main.Hashes[Next - 1], (await scene.Chain.GetSnapshot()).Heaviest.HeaderHash);
    }

    [Fact]
    public async Task Children_that_waited_follow_their_parent()
    {
        await using var scene = await FullNodeScene.Start(Next);
        await scene.Say(Peer, Block(Next + 1));
        await scene.Say(Peer, Block(Next));
        Assert.Equal(FullNodeScene.Main.Hashes[Next + 1], (await scene.Chain.GetSnapshot()).Heaviest.HeaderHash);
    }

    [Fact]
    public async Task What_is_no_message_for_a_full_node_is_a_breach()
    {
        await using var scene = await FullNodeScene.Start(1);
        Assert.Equal(BlameKind.Breach, (await scene.Say(Peer, new PingMessage())).Blame!.Kind);
    }
}
