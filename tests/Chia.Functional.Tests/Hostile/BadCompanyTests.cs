using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Functional.Tests.Hostile;

/// <summary>A sync of which half of the peers are no good, one of each kind; in virtual time, with every kind there is:
/// SyncSimulationTests.</summary>
public sealed class BadCompanyTests(RealStore real)
{
    [Fact]
    public async Task A_sync_with_lying_silent_flooding_and_frozen_peers_completes_and_the_liars_are_named()
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Real;
        await using var frozen = await NodeProcess.Start(chain, await real.CopyTo(folder, "frozen"));
        await using var node = await NodeProcess.Start(
            chain, folder.Sub("syncing"), "--connect", $"127.0.0.1:{frozen.Port}", "--until-height", "300");
        var lying = new LyingScript(chain.Main, LyingScript.WithBadWitness);
        await using var liar = await TestPeer.Dial(node.Port, lying);
        await using var silent = await TestPeer.Dial(node.Port, new SilentScript(chain.Main));
        await using var flooding = await TestPeer.Dial(node.Port, new FloodingScript(chain.Main));
        await lying.Lied.Within("the lie");
        frozen.Process.Freeze();
        await liar.Closed.Within("the liar's dismissal");

        await using var first = await TestPeer.Dial(node.Port, new ChainScript(chain.Main));
        await using var second = await TestPeer.Dial(node.Port, new ChainScript(chain.Main));
        await using var third = await TestPeer.Dial(node.Port, new ChainScript(chain.Main));
        Assert.Equal(0, await node.Process.WaitForExit());
        Assert.Contains($"height=300 tip={chain.Main[^1].HeaderHash()}", node.Process.Output);
        Assert.Contains("InvalidBlockCopy", node.Process.Error);
        Assert.Contains("is banned for", node.Process.Error);
    }

    [Fact]
    public async Task A_sync_whose_first_peers_send_a_few_bytes_a_second_completes_and_calls_nobody_a_liar()
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Real;
        await using var node = await NodeProcess.Start(chain, folder.Sub("syncing"), "--until-height", "300");
        var slow = new TricklingScript(chain.Main);
        await using var one = await TestPeer.Dial(node.Port, slow);
        await using var two = await TestPeer.Dial(node.Port, slow);
        await using var three = await TestPeer.Dial(node.Port, slow);
        await slow.Asked.Within("a question to a slow peer");

        await using var first = await TestPeer.Dial(node.Port, new ChainScript(chain.Main));
        await using var second = await TestPeer.Dial(node.Port, new ChainScript(chain.Main));
        await using var third = await TestPeer.Dial(node.Port, new ChainScript(chain.Main));
        Assert.Equal(0, await node.Process.WaitForExit());
        Assert.Contains($"height=300 tip={chain.Main[^1].HeaderHash()}", node.Process.Output);
        Assert.DoesNotContain("is banned", node.Process.Error);
    }

    /// <summary>Answers everything, ten bytes a second.</summary>
    private sealed class TricklingScript(IReadOnlyList<FullBlock> chain) : ChainScript(chain)
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public override Task Receive(TestPeer peer, Message message) => message switch
        {
            RequestAllHeaderHashesMessage m =>
                Trickle(peer, new AllHeaderHashesMessage(Hashes[..(Hashes.IndexOf(m.TipHeaderHash) + 1)])),
            RequestHeaderBlocksMessage m =>
                Trickle(peer, new HeaderBlocksMessage(m.TipHeaderHash, [.. m.Heights.Select(h => Chain[(int)h].HeaderBlock)])),
            RequestSyncBlocksMessage m => Trickle(peer, new SyncBlocksMessage(m.TipHeaderHash, [.. m.Heights.Select(h => Chain[(int)h])])),
            _ => base.Receive(peer, message),
        };

        private async Task Trickle(TestPeer peer, Message answer)
        {
            _asked.TrySetResult();
            foreach (var piece in MessageRegistry.Encode(answer).Chunk(5))
            {
                await peer.SendRaw(piece);
                await Task.Delay(500, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Answers well, and says each thing a hundred times over.</summary>
    private sealed class FloodingScript(IReadOnlyList<FullBlock> chain) : ChainScript(chain)
    {
        protected override async Task AnswerBlocks(TestPeer peer, RequestSyncBlocksMessage request)
        {
            await base.AnswerBlocks(peer, request);
            for (var i = 0; i < 100; i++)
                await peer.Send(new BlockMessage(Chain[^1]));
        }
    }
}
