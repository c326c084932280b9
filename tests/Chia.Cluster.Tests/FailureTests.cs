using System.Diagnostics;
using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Storage.Tests.Support;
using Chia.Testing;

namespace Chia.Cluster.Tests;

/// <summary>A full sync goes on, whatever becomes of silos under it; nothing acknowledged is lost (CLUSTER 3).</summary>
public class FailureTests
{
    /// <summary>Long enough for the others to take it for dead, and to go on without it (CLUSTER 3).</summary>
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(10);

    /// <summary>One silo is killed, one frozen, one drained.</summary>
    [Fact]
    public async Task A_sync_of_300_blocks_ends_while_silos_are_killed_frozen_and_drained()
    {
        var chain = ChainVectors.Real;
        await using var cluster = await TestCluster.Create(chain);
        await cluster.StartSilos(3);
        var gateway = await cluster.StartGateway();
        var script = new ChainScript(chain.Main);
        await using var source = await TestPeer.Dial(gateway.Port(), script);
        await using var second = await TestPeer.Dial(gateway.Port(), script);
        await Poll.Until(() => Task.FromResult(script.BlocksAsked.Count > 50));
        await cluster.Silos[0].Process.KillHard();
        await Poll.Until(() => Task.FromResult(script.BlocksAsked.Count > 120));
        Signal(cluster.Silos[1].Process.Id, "STOP");
        var began = TimeProvider.System.GetTimestamp();
        var fourth = await cluster.StartSilo();
        await Poll.Until(() => Task.FromResult(TimeProvider.System.GetElapsedTime(began) >= Frozen));
        Signal(cluster.Silos[1].Process.Id, "CONT");
        cluster.Silos[2].Process.Terminate();
        Assert.Equal(0, await cluster.Silos[2].Process.WaitForExit());
        await using var asking = await TestPeer.Dial(gateway.Port());
        await asking.Expect<BlockMessage>(m => m.Block.Height == chain.Main[^1].Height);
        Assert.False(fourth.Process.HasExited);
        Assert.Equal(chain.Main[^1], asking.Received.Select(r => r.Message).OfType<BlockMessage>().MaxBy(m => m.Block.Height)!.Block);
        gateway.Process.Terminate();
        Assert.Equal(0, await gateway.Process.WaitForExit());
        fourth.Process.Terminate();
        Assert.Equal(0, await fourth.Process.WaitForExit());
        (await ChiaProcess.Run(
            "db", "verify", "--store", cluster.Database, "--node", "main", "--network", chain.NetworkFile)).MustSucceed();
    }

    /// <summary>A server that is brought up to date, or that moves: at once, and after longer than a silo's death takes to be
    /// noticed.</summary>
    [Fact]
    public async Task A_sync_of_300_blocks_ends_though_its_database_is_restarted_under_it()
    {
        var chain = ChainVectors.Real;
        await using var server = await TemporaryPostgres.Start();
        await using var cluster = await TestCluster.Create(chain, await server.CreateDatabase("restarted"));
        await cluster.StartSilos(2);
        var gateway = await cluster.StartGateway();
        var script = new ChainScript(chain.Main);
        await using var source = await TestPeer.Dial(gateway.Port(), script);
        foreach (var (asked, away) in new[] { (40, TimeSpan.Zero), (120, Frozen) })
        {
            await Poll.Until(() => Task.FromResult(script.BlocksAsked.Count > asked));
            await server.Process.Stop();
            var began = TimeProvider.System.GetTimestamp();
            await Poll.Until(() => Task.FromResult(TimeProvider.System.GetElapsedTime(began) >= away));
            await server.Process.Begin();
        }

        await using var asking = await TestPeer.Dial(gateway.Port());
        await asking.Expect<BlockMessage>(m => m.Block.Height == chain.Main[^1].Height);
        Assert.All(cluster.Silos, silo => Assert.False(silo.Process.HasExited, silo.Process.Error));
        Assert.False(source.IsClosed);
        gateway.Process.Terminate();
        Assert.Equal(0, await gateway.Process.WaitForExit());
        foreach (var silo in cluster.Silos)
        {
            silo.Process.Terminate();
            Assert.Equal(0, await silo.Process.WaitForExit());
        }

        (await ChiaProcess.Run(
            "db", "verify", "--store", cluster.Database, "--node", "main", "--network", chain.NetworkFile)).MustSucceed();
    }

    private static void Signal(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
