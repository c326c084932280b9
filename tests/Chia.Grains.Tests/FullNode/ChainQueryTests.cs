using System.Collections.Immutable;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;
using Chia.Grains.FullNode;
using Chia.Grains.Tests.Support;
using Chia.Protocol;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.FullNode;

/// <summary>What other full nodes are served, and what is met with silence or blame (PROTOCOL.md 8.2, 10).</summary>
public sealed class ChainQueryTests
{
    private const int Blocks = 20;

    private static readonly PeerConnection Peer = FullNodeScene.Node();

    private static Bytes32 Tip => FullNodeScene.Main.Hashes[Blocks - 1];

    [Fact]
    public async Task A_stored_block_is_given_and_another_is_not()
    {
        await using var scene = await FullNodeScene.Start(Blocks);
        var answer = Assert.Single((await scene.Say(Peer, new RequestBlockMessage(FullNodeScene.Main.Hashes[7]))).Messages);
        Assert.Equal(Peer, answer.To);
        Assert.Equal(FullNodeScene.Main.Blocks[7], Assert.IsType<BlockMessage>(answer.Message).Block);
        Assert.Empty(await scene.Say(Peer, new RequestBlockMessage(FullNodeScene.Main.Hashes[Blocks])));
    }

    [Fact]
    public async Task A_block_that_waits_for_its_parent_is_not_given()
    {
        await using var scene = await FullNodeScene.Start(Blocks);
        await scene.Say(Peer, new BlockMessage(FullNodeScene.Main.Blocks[Blocks + 1]));
        Assert.Empty(await scene.Say(Peer, new RequestBlockMessage(FullNodeScene.Main.Hashes[Blocks + 1])));
    }

    [Fact]
    public async Task The_list_of_hashes_is_encoded_once_for_all_who_ask()
    {
        await using var scene = await FullNodeScene.Start(Blocks);
        var first = Assert.IsType<RoleEffect.SendEncoded>(Assert.Single(await scene.Say(Peer, new RequestAllHeaderHashesMessage(Tip))));
        var other = FullNodeScene.Node("other");
        var second = Assert.IsType<RoleEffect.SendEncoded>(Assert.Single(await scene.Say(other, new RequestAllHeaderHashesMessage(Tip))));
        Assert.Same(first.Message, second.Message);
        Assert.Equal(other, second.To);
        Assert.Equal(
            default, MessageRegistry.TryDecode(first.Message.Frame.AsMemory(sizeof(uint)), Role.FullNode, Role.FullNode, out var message));
        Assert.Equal(FullNodeScene.Main.Hashes[..Blocks], Assert.IsType<AllHeaderHashesMessage>(message).HeaderHashes);
        Assert.Empty(await scene.Say(Peer, new RequestAllHeaderHashesMessage(FullNodeScene.Main.Hashes[Blocks])));
    }

    /// <summary>Lists of one tip after the other, up and down: each as if it had been made from nothing.</summary>
    [Fact]
    public async Task A_list_takes_over_what_it_has_in_common_with_the_one_before()
    {
        await using var scene = await FullNodeScene.Start(Blocks);
        foreach (var tip in new[] { 3, 18, 19, 19, 7, 0, 19 })
        {
            var answer = Assert.IsType<RoleEffect.SendEncoded>(
                Assert.Single(await scene.Say(Peer, new RequestAllHeaderHashesMessage(FullNodeScene.Main.Hashes[tip]))));
            Assert.Equal(
                MessageRegistry.Encode(new AllHeaderHashesMessage([.. FullNodeScene.Main.Hashes[..(tip + 1)]])), answer.Message.Frame);
        }
    }

    [Fact]
    public async Task Headers_come_in_the_order_in_which_they_were_asked_for()
    {
        await using var scene = await FullNodeScene.Start(Blocks);
        var answer = Assert.Single((await scene.Say(Peer, new RequestHeaderBlocksMessage(Tip, [9, 3, 4, 3]))).Messages);
        var headers = Assert.IsType<HeaderBlocksMessage>(answer.Message);
        Assert.Equal(Tip, headers.TipHeaderHash);
        Assert.Equal([9u, 3u, 4u, 3u], headers.HeaderBlocks.Select(h => h.Challenge!.Height));
    }

    [Fact]
    public async Task Blocks_come_in_the_order_in_which_they_were_asked_for()
    {
        await using var scene = await FullNodeScene.Start(Blocks);
        var answer = Assert.Single((await scene.Say(Peer, new RequestSyncBlocksMessage(Tip, [5, 2, 5]))).Messages);
        var blocks = Assert.IsType<SyncBlocksMessage>(answer.Message);
        Assert.Equal([FullNodeScene.Main.Blocks[5], FullNodeScene.Main.Blocks[2], FullNodeScene.Main.Blocks[5]], blocks.Blocks);
    }

    private static readonly Message[] MetWithSilence =
    [
        new RequestHeaderBlocksMessage(FullNodeScene.Main.Hashes[Blocks], [1]),
        new RequestHeaderBlocksMessage(FullNodeScene.Main.Hashes[Blocks - 1], []),
        new RequestSyncBlocksMessage(FullNodeScene.Main.Hashes[Blocks], [1]),
        new RequestSyncBlocksMessage(FullNodeScene.Main.Hashes[Blocks], Heights(6)),
        new RequestSyncBlocksMessage(FullNodeScene.Main.Hashes[Blocks - 1], []),
    ];

    [Fact]
    public async Task A_tip_that_we_do_not_have_and_an_empty_question_are_met_with_silence()
    {
        await using var scene = await FullNodeScene.Start(Blocks);
        foreach (var question in MetWithSilence)
            Assert.Empty(await scene.Say(Peer, question));
    }

    private static readonly Message[] Breaches =
    [
        new RequestHeaderBlocksMessage(FullNodeScene.Main.Hashes[Blocks - 1], [Blocks]),
        new RequestHeaderBlocksMessage(FullNodeScene.Main.Hashes[Blocks - 1], Heights(26)),

        // Too many headers come before an unknown tip, too many blocks behind it (SYNC.md 8).
        new RequestHeaderBlocksMessage(FullNodeScene.Main.Hashes[Blocks], Heights(26)),
        new RequestSyncBlocksMessage(FullNodeScene.Main.Hashes[Blocks - 1], [Blocks]),
        new RequestSyncBlocksMessage(FullNodeScene.Main.Hashes[Blocks - 1], Heights(6)),
        new RequestPeersMessage(),
    ];

    [Fact]
    public async Task Too_many_and_what_cannot_be_are_a_breach()
    {
        await using var scene = await FullNodeScene.Start(Blocks);
        foreach (var question in Breaches)
        {
            var penalty = Assert.IsType<RoleEffect.Penalise>(Assert.Single(await scene.Say(Peer, question)));
            Assert.Equal((Peer, BlameKind.Breach), (penalty.Who, penalty.Blame.Kind));
        }
    }

    [Fact]
    public async Task As_many_as_the_reference_serves_are_served()
    {
        var options = new FullNodeOptions();
        Assert.Equal((25, 5), (options.MaxHeadersToSend, options.MaxBlocksToSend));
        await using var scene = await FullNodeScene.Start(Blocks, options);
        Assert.Single((await scene.Say(Peer, new RequestSyncBlocksMessage(Tip, Heights(5)))).Messages);
        Assert.Single((await scene.Say(Peer, new RequestHeaderBlocksMessage(Tip, Heights(Blocks)))).Messages);
    }

    private static ImmutableArray<uint> Heights(int count) => [.. Enumerable.Range(0, count).Select(i => (uint)i)];
}
