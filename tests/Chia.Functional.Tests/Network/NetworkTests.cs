using Chia.Protocol.Primitives;

namespace Chia.Functional.Tests.Network;

/// <summary>A whole network, each role a process of its own.</summary>
public class NetworkTests(FarmSupplies supplies)
{
    /// <summary>More than a node fetches backwards from its neighbours: it must synchronise.</summary>
    private const int FarBehind = 24;

    [Fact]
    public async Task It_farms_one_joins_late_and_one_is_killed_and_comes_back()
    {
        await using var network = new ProcessNetwork(supplies);
        var introducer = await network.Introducer();
        var first = await network.FullNode("node-1", introducer);
        var second = await network.FullNode("node-2", introducer);
        var farmer = await network.Farmer(first);
        await network.Harvester("harvester", farmer, ..);
        await network.Timelord(first, second);
        await network.Agree(10, first, second);

        await second.KillHard();
        var left = (await second.Chain())[^1];
        await network.Height(FarBehind, first);
        var late = await network.FullNode("node-3", introducer);
        await network.Agree(FarBehind, first, late);
        await network.Until("the late one to keep up", async () => await late.Height() > FarBehind, first);

        await second.Start();
        Assert.True(await second.Height() >= left.Height, "it began anew");
        var height = await ProcessNetwork.Highest(first, late) + 2;
        await network.Agree(height, first, second, late);
        // What it had acknowledged is there, though the others may have gone on above another block of that height.
        Assert.True(await second.Holds(left.HeaderHash), $"block {left.HeaderHash} of height {left.Height} is gone");
        network.MustBeSound();
        Assert.True(await late.Peers(Role.FullNode) >= 1);
    }
}
