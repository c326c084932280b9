using Chia.Protocol.Primitives;

namespace Chia.Functional.Tests.Network;

/// <summary>A network falls into two that know nothing of each other, and becomes one again.</summary>
public class PartitionTests(FarmSupplies supplies)
{
    /// <summary>Blocks that each makes alone: more than a node fetches backwards, three below the lowest tip (SYNC.md 3.3).</summary>
    private const int Apart = 8;

    [Fact]
    public async Task Two_partitions_grow_apart_and_reconverge_on_the_heavier_chain()
    {
        await using var network = new ProcessNetwork(supplies);
        var left = await network.LoneNode("left");
        await using var line = new Relay(left.Endpoint());
        var right = await network.LoneNode("right", line.Endpoint);
        var behind = await network.LoneNode("behind-right", right.Endpoint());
        await network.Farm("left-farm", left, ..(FarmSupplies.Plots / 2));
        var rightFarm = await network.Farm("right-farm", right, (FarmSupplies.Plots / 2)..);
        await network.Agree(3, left, right, behind);

        line.Cut();
        await network.Until("the line to be down", async () => await left.Peers(Role.FullNode) == 0 && line.Refused > 0);
        var common = Math.Max(await left.Height(), await right.Height());
        await network.Height(common + Apart, left, right, behind);

        // The right one stands still, so that it is known which is heavier.
        await rightFarm.KillHard();
        await network.Agree(await right.Height(), right, behind);
        var lost = await right.Chain();
        await network.Height((int)lost[^1].Height + 2, left);
        var won = await left.Chain();
        var fork = won.Zip(lost).TakeWhile(pair => pair.First.HeaderHash == pair.Second.HeaderHash).Count();
        Assert.InRange(fork, 3, lost.Count - Apart + 1);
        Assert.True(won[^1].TotalWeight > lost[^1].TotalWeight);
        Assert.Equal(0, await left.Peers(Role.FullNode));

        line.Mend();
        await network.Until("the left chain on all sides", async () =>
            (await Task.WhenAll(right.Chain(), behind.Chain())).All(chain => chain[fork].HeaderHash == won[fork].HeaderHash));

        // The farm of the losing side works for the chain that won.
        await rightFarm.Start();
        await network.Agree(await ProcessNetwork.Highest(left, right) + 3, left, right, behind);
        Assert.Equal(won[fork].HeaderHash, (await left.Chain())[fork].HeaderHash);
        network.MustBeSound();
    }
}
