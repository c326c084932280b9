using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Functional.Tests;

/// <summary>From one branch to the other by synchronisation, and back.</summary>
public class ReorgTests(RealStore real)
{
    [Fact]
    public async Task A_process_leaves_the_main_chain_for_the_heavier_fork_of_another()
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Real;
        var forked = await real.CopyTo(folder, "forked");
        (await ChiaProcess.Run("db", "import", chain.ForkFile, "--network", chain.NetworkFile, "--root", forked)).MustSucceed();
        await using var serving = await NodeProcess.Start(chain, forked);
        var main = await real.CopyTo(folder, "main");
        await using var node = await NodeProcess.Start(chain, main, "--connect", $"127.0.0.1:{serving.Port}", "--until-height", "305");
        Assert.Equal(0, await node.Process.WaitForExit());
        Assert.Contains($"tip={chain.Fork[^1].HeaderHash()} weight=1536312", node.Process.Output);
        (await ChiaProcess.Run("db", "verify", "--network", chain.NetworkFile, "--root", main)).MustSucceed();
    }

    [Fact]
    public async Task Onto_the_fork_and_back_and_forth_again()
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Small;
        await RunningNodes.Fill(chain, folder.Path, chain.Main.Take(36));
        await using var node = await RunningNodes.Start(chain, folder.Path);
        await using var witness = await TestPeer.Dial(node.Port());

        await using var onFork = await TestPeer.Dial(node.Port(), new ChainScript([.. chain.Fork.Take(39)]));
        await witness.Expect<BlockMessage>(m => m.Block.HeaderHash() == chain.Fork[38].HeaderHash());
        Assert.Equal(chain.Fork[38].HeaderHash().ToString(), (await node.GetStatus()).Tip);

        await using var onMain = await TestPeer.Dial(node.Port(), new ChainScript(chain.Main));
        await witness.Expect<BlockMessage>(m => m.Block.HeaderHash() == chain.Main[40].HeaderHash());
        Assert.Equal(chain.Main[40].HeaderHash().ToString(), (await node.GetStatus()).Tip);

        await using var ahead = await TestPeer.Dial(node.Port(), new ChainScript(chain.Fork));
        await witness.Expect<BlockMessage>(m => m.Block.HeaderHash() == chain.Fork[42].HeaderHash());
        Assert.Equal(chain.Fork[42].HeaderHash().ToString(), (await node.GetStatus()).Tip);
    }

    [Fact]
    public async Task A_fork_below_the_window_of_near_sync_is_taken_up_though_it_is_less_than_21_ahead()
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Small;
        await RunningNodes.Fill(chain, folder.Path, chain.Main);
        var script = new ChainScript(chain.Fork);
        await using var node = await RunningNodes.Start(chain, folder.Path);
        await using var peer = await TestPeer.Dial(node.Port(), script);
        await peer.Expect<RequestAllHeaderHashesMessage>();
        await peer.Expect<BlockMessage>(m => m.Block.HeaderHash() == chain.Fork[^1].HeaderHash());

        // Near-sync went down to three below the lowest tip (38), one block further than that is not asked for.
        Assert.All(script.HashesAsked, h => Assert.Contains(chain.Fork.Skip(34), b => b.HeaderHash() == h));
        Assert.Equal(Enumerable.Range(31, 12).Select(h => (uint)h), script.BlocksAsked.Order().Distinct());
    }
}
