using Chia.GrainInterfaces.Chain;
using Chia.Grains.Effects;
using Chia.Grains.FullNode;
using Chia.Grains.Validation;
using Chia.Protocol.Messages;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chia.Grains.Tests.FullNode;

/// <summary>What farmers and timelords say once is not lost while the cluster moves (CLUSTER 3).</summary>
public class PostponedWorkTests
{
    private const int Height = 20;

    [Theory]
    [InlineData(nameof(IValidators.CheckBlocks))]
    [InlineData(nameof(IBlockchainGrain.CheckUnfinished))]
    public async Task An_unfinished_block_waits_for_whoever_checks_it(string call)
    {
        await using var scene = await FullNodeScene.Start(Height);
        scene.Faults.Away.Add(call);
        Assert.Empty(await scene.Say(FullNodeScene.Node(), new UnfinishedBlockMessage(FullNodeScene.Unfinished(Height))));
        Assert.Empty(await scene.FullNode.Tick());
        scene.Faults.Heal();
        Assert.Contains(await scene.FullNode.Tick(), effect => effect is RoleEffect.Broadcast { Message: UnfinishedBlockMessage });
    }

    [Fact]
    public async Task A_proof_of_time_completes_its_block_whether_or_not_the_chain_answers()
    {
        await using var scene = await FullNodeScene.Start(Height);
        await scene.Say(FullNodeScene.Node(), new UnfinishedBlockMessage(FullNodeScene.Unfinished(Height)));
        scene.Faults.Away.UnionWith([nameof(IBlockchainGrain.GetInfo), nameof(IBlockchainGrain.GetStanding)]);
        var proof = new ProofOfTimeFinishedMessage(FullNodeScene.Main.Blocks[Height].HeaderBlock.ProofOfTime!);
        Assert.Empty(await scene.Say(FullNodeScene.Worker(Role.Timelord), proof));
        scene.Faults.Heal();
        Assert.Contains(await scene.FullNode.Tick(), effect => effect is RoleEffect.Broadcast { Message: BlockMessage });
        Assert.Equal(FullNodeScene.Main.Hashes[Height], (await scene.Chain.GetSnapshot()).Heaviest.HeaderHash);
    }

    [Theory]
    [InlineData(nameof(IValidators.CheckProofOfSpace))]
    [InlineData(nameof(IBlockchainGrain.GetParentFor))]
    public async Task A_farmer_gets_the_header_that_it_asked_for(string call)
    {
        await using var scene = await FullNodeScene.Start(Height);
        var farmer = FullNodeScene.Worker(Role.Farmer);
        var block = FullNodeScene.Main.Blocks[Height];
        var proof = block.HeaderBlock.ProofOfSpace;
        var request = new RequestHeaderHashMessage(
            proof.ChallengeHash, block.Body.Coinbase, block.Body.CoinbaseSignature, block.Body.FeesTarget.PuzzleHash, proof);
        scene.Faults.Away.Add(call);
        Assert.Empty(await scene.Say(farmer, request));
        scene.Faults.Heal();
        var answer = Assert.IsType<RoleEffect.Send>(Assert.Single(await scene.FullNode.Tick()));
        Assert.Equal(farmer, answer.To);
        Assert.IsType<HeaderHashMessage>(answer.Message);
    }

    [Fact]
    public async Task A_greeting_is_owed_until_it_is_said_or_its_peer_is_gone()
    {
        await using var scene = await FullNodeScene.Start(Height);
        var (timelord, gone) = (FullNodeScene.Worker(Role.Timelord), FullNodeScene.Worker(Role.Timelord, "gone"));
        scene.Faults.Away.Add(nameof(IBlockchainGrain.GetSnapshot));
        Assert.Empty(await scene.FullNode.Connected(timelord));
        Assert.Empty(await scene.FullNode.Connected(gone));
        await scene.FullNode.Disconnected(gone);
        Assert.Empty(await scene.FullNode.Tick());
        scene.Faults.Heal();
        var said = (await scene.FullNode.Tick()).Cast<RoleEffect.Send>().ToList();
        Assert.NotEmpty(said);
        Assert.All(said, send => Assert.Equal(timelord, send.To));
    }

    [Fact]
    public async Task Gossip_makes_room_for_our_own_and_never_takes_it()
    {
        var isAway = true;
        List<string> done = [];
        var work = new PostponedWork(NullLogger.Instance);
        for (var i = 0; i < 100; i++)
            await Do(FullNodeScene.Node("gossip"), $"gossip {i}");
        Assert.Equal(64, work.Count);
        for (var i = 0; i < 64; i++)
            await Do(FullNodeScene.Worker(Role.Farmer), $"own {i}");
        await Do(FullNodeScene.Node("gossip"), "gossip");
        isAway = false;
        await work.Retry();
        Assert.Equal(Enumerable.Range(0, 64).Select(i => $"own {i}"), done);

        Task<List<RoleEffect>> Do(GrainInterfaces.Peers.PeerConnection peer, string what) => work.Do(peer, what, () =>
        {
            if (isAway)
                throw new TimeoutException("no answer");
            done.Add(what);
            return Task.FromResult<List<RoleEffect>>([]);
        });
    }

    [Fact]
    public async Task What_still_fails_lets_the_others_go_first_and_what_is_wrong_is_dropped()
    {
        List<string> done = [];
        var failing = new Dictionary<string, Exception> { ["stuck"] = new TimeoutException(), ["other"] = new TimeoutException() };
        var work = new PostponedWork(NullLogger.Instance);
        foreach (var what in (string[])["stuck", "other"])
            await work.Do(FullNodeScene.Node(), what, () => failing.TryGetValue(what, out var error) ? throw error : Done(what));
        failing.Remove("other");
        await work.Retry();
        Assert.Empty(done);
        await work.Retry();
        Assert.Equal(["other"], done);
        failing["stuck"] = new InvalidOperationException("a fault of ours");
        await work.Retry();
        Assert.Equal(0, work.Count);

        Task<List<RoleEffect>> Done(string what)
        {
            done.Add(what);
            return Task.FromResult<List<RoleEffect>>([]);
        }
    }
}
