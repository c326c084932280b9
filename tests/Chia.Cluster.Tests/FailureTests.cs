using System.Diagnostics;
using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
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
        await cluster.Silos[2].Process.EndInOrder();
        await using var asking = await TestPeer.Dial(gateway.Port());
        await asking.Expect<BlockMessage>(m => m.Block.Height == chain.Main[^1].Height);
        Assert.False(fourth.Process.HasExited);
        Assert.Equal(chain.Main[^1], asking.Received.Select(r => r.Message).OfType<BlockMessage>().MaxBy(m => m.Block.Height)!.Block);
        await gateway.Process.EndInOrder();
        await fourth.Process.EndInOrder();
        await cluster.VerifyStore(chain);
    }

    private static void Signal(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
