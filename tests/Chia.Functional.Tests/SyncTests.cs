using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Testing;
using Microsoft.Data.Sqlite;

namespace Chia.Functional.Tests;

/// <summary>Full synchronisation between processes, in bad company.</summary>
public class SyncTests(RealStore real)
{
    [Fact]
    public async Task Two_processes_and_a_silent_a_lying_and_a_vanishing_peer()
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Real;
        var servingRoot = await real.CopyTo(folder, "serving");
        var altered = new LyingScript(chain.Main, LyingScript.WithBadWitness);
        var vanishing = new DroppingScript(chain.Main, answers: 2);
        await using var silentPeer = new TestListener(new SilentScript(chain.Main));
        await using var alteredPeer = new TestListener(altered);
        await using var vanishingPeer = new TestListener(vanishing);
        await using var syncing = await NodeProcess.Start(
            chain, folder.Sub("syncing"), [.. Connect(silentPeer, alteredPeer, vanishingPeer), "--until-height", "300"]);
        await altered.Lied.Within("the lie");
        await vanishing.Dropped.Within("the broken connection");

        // The honest one comes last: until then the node had only the others to ask.
        await using var serving = await NodeProcess.Start(chain, servingRoot, "--connect", $"127.0.0.1:{syncing.Port}");
        Assert.Equal(0, await syncing.Process.WaitForExit());
        Assert.Contains($"height=300 tip={chain.Main[^1].HeaderHash()} weight=1510412", syncing.Process.Output);
        (await ChiaProcess.Run("db", "export", folder.File("synced.bin"), "--network", chain.NetworkFile, "--root", folder.Sub("syncing")))
            .MustSucceed();
        Assert.Equal(
            await File.ReadAllBytesAsync(chain.BlocksFile, TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(folder.File("synced.bin"), TestContext.Current.CancellationToken));
        serving.Process.Terminate();
        Assert.Equal(0, await serving.Process.WaitForExit());
    }

    [Fact]
    public async Task Blocks_of_another_chain_are_refused_and_fetched_elsewhere()
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Small;
        var lying = new LyingScript(chain.Fork, block => chain.Main[(int)Math.Min(40, block.Height)]);
        await using var node = await RunningNodes.Start(chain, folder.Path);
        await using var liar = await TestPeer.Dial(node.Port(), lying);
        await lying.Lied.Within("the lie");
        await liar.Closed.Within("the liar's dismissal");
        await using var honest = await TestPeer.Dial(node.Port(), new ChainScript(chain.Fork));
        await honest.Expect<BlockMessage>(m => m.Block.Height == 42);
        Assert.Equal(chain.Fork[^1].HeaderHash().ToString(), (await node.GetStatus()).Tip);
    }

    [Fact]
    public async Task A_chain_that_is_only_claimed_is_not_fetched()
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Small;
        var challenge = chain.Main[^1].HeaderBlock.Challenge!;
        var claimed = chain.Main[^1] with
        {
            HeaderBlock = chain.Main[^1].HeaderBlock with { Challenge = challenge with { TotalWeight = 1_000_000 } },
        };
        var boasting = new ChainScript([.. chain.Main.Take(40), claimed], announced: 1);
        await using var node = await RunningNodes.Start(chain, folder.Path);
        await using var boaster = await TestPeer.Dial(node.Port(), boasting);
        await boaster.Closed.Within("the boaster's dismissal");
        Assert.Empty(boasting.BlocksAsked);
        Assert.Equal(0u, (await node.GetStatus()).Height);
    }

    [Fact]
    public async Task A_killed_sync_goes_on_where_it_was()
    {
        using var folder = new TempFolder();
        var chain = ChainVectors.Of("long1500");
        var blocks = chain.Main.Take(301).ToList();

        // The node holds 100 blocks beyond the last accepted one: whoever asks for 171 has accepted 71. What lies above the missing one
        // cannot be accepted, and is kept for a restart.
        var interrupted = new StallingScript(blocks, missing: 100, lastServed: 160, waitFor: 171);
        await using (var peer = new TestListener(interrupted))
        {
            await using var first = await NodeProcess.Start(chain, folder.Path, Connect(peer));
            await interrupted.Waiting.Within("the request that shows progress");
            await BlocksKeptFrom(folder, 105, 160).Within("the blocks above the missing one on the disk");
            await first.Process.KillHard();
        }

        var left = System.Text.Json.JsonDocument.Parse(
            (await ChiaProcess.Run("show", "--json", "--network", chain.NetworkFile, "--root", folder.Path))
                .MustSucceed().Output).RootElement;
        var height = left.GetProperty("height").GetUInt32();
        Assert.InRange(height, 71u, 99u);
        Assert.Equal("not_running(sync interrupted)", left.GetProperty("status").GetString());
        Assert.Equal(300, left.GetProperty("sync").GetProperty("target_height").GetInt32());

        var resumed = new ChainScript(blocks);
        await using var other = new TestListener(resumed);
        await using var second = await NodeProcess.Start(chain, folder.Path, [.. Connect(other), "--until-height", "300"]);
        Assert.Equal(0, await second.Process.WaitForExit());
        Assert.Contains($"tip={blocks[^1].HeaderHash()}", second.Process.Output);
        var asked = resumed.BlocksAsked.ToList();
        Assert.All(asked, h => Assert.True(h > height, $"block {h} was stored already, the chain had height {height}"));
        Assert.Contains(100u, asked);
        Assert.All(asked, h => Assert.False(h is >= 105 and <= 160, $"block {h} had been fetched before, and kept"));
        var peerOfSecond = await other.Accepted();
        Assert.DoesNotContain(peerOfSecond.Received, m => m.Message is RequestAllHeaderHashesMessage or RequestHeaderBlocksMessage);
    }

    /// <summary>Waits until a sync has kept what it cannot apply yet.</summary>
    private static async Task BlocksKeptFrom(TempFolder folder, uint first, uint last)
    {
        await using var store = new SqliteConnection($"Data Source={folder.File("blocks.db")};Mode=ReadOnly;Pooling=False");
        await store.OpenAsync(TestContext.Current.CancellationToken);
        await using var count = store.CreateCommand();
        count.CommandText = "SELECT count(DISTINCT height) FROM sync_block WHERE height BETWEEN $1 AND $2";
        count.Parameters.AddWithValue("$1", first);
        count.Parameters.AddWithValue("$2", last);
        while ((long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))! <= last - first)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
    }

    private static string[] Connect(params TestListener[] peers) =>
        [.. peers.SelectMany(p => new[] { "--connect", $"127.0.0.1:{p.Port}" })];
}
