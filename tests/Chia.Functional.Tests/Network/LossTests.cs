using Chia.Functional.Tests.Support;
using Chia.Protocol.Primitives;

namespace Chia.Functional.Tests.Network;

/// <summary>Every role survives the loss and the return of every other: nobody but the lost one is started again.</summary>
public class LossTests(FarmSupplies supplies)
{
    /// <summary>Lasting connections, by who dials whom.</summary>
    private static readonly (string, string)[] Lines =
        [("node-1", "node-2"), ("farmer", "node-1"), ("harvester", "farmer"), ("timelord", "node-2")];

    [Fact]
    public async Task Each_role_is_killed_and_comes_back_and_blocks_go_on()
    {
        await using var network = new ProcessNetwork(supplies);
        var (introducer, nodes, others) = await Start(network);
        foreach (var victim in new[] { introducer, others[2], others[1], others[0], nodes[0], nodes[1] })
        {
            await victim.KillHard();
            await network.Until($"everybody to notice that {victim.Name} is gone", () => IsConnected(network));
            await victim.Start();
            await GoesOn(network, nodes);
        }

        // The introducer has come back with its list: who knows nobody finds everybody.
        var late = await network.FullNode("node-3", introducer);
        await network.Agree(await ProcessNetwork.Highest(nodes) + 1, [.. nodes, late]);
        network.MustBeSound();
    }

    [Fact]
    public async Task Any_two_are_killed_at_once_and_come_back()
    {
        LongTest.SkipUnlessWanted();
        await using var network = new ProcessNetwork(supplies);
        var (introducer, nodes, others) = await Start(network);
        RoleProcess[] all = [introducer, .. nodes, .. others];
        for (var i = 0; i < all.Length; i++)
        {
            for (var j = i + 1; j < all.Length; j++)
            {
                await Task.WhenAll(all[i].KillHard(), all[j].KillHard());
                await all[j].Start();
                await all[i].Start();
                await GoesOn(network, nodes);
            }
        }

        network.MustBeSound();
    }

    /// <summary>The farmer has the first node only, the timelord the second: whoever is gone, nothing goes on.</summary>
    private static async Task<(RoleProcess Introducer, RoleProcess[] Nodes, RoleProcess[] Others)> Start(ProcessNetwork network)
    {
        var introducer = await network.Introducer();
        var first = await network.FullNode("node-1", introducer);
        var second = await network.FullNode("node-2", introducer);
        var farmer = await network.Farmer(first);
        var harvester = await network.Harvester("harvester", farmer, ..);
        var timelord = await network.Timelord(second);
        await network.Agree(2, first, second);
        return (introducer, [first, second], [farmer, harvester, timelord]);
    }

    private static async Task GoesOn(ProcessNetwork network, RoleProcess[] nodes)
    {
        await network.Until("everybody to find everybody again", () => IsConnected(network));
        await network.Agree(await ProcessNetwork.Highest(nodes) + 2, nodes);
    }

    /// <summary>All lines between those that run are up, and no others; each has two ends. Visits to the introducer come and go.</summary>
    private static async Task<bool> IsConnected(ProcessNetwork network)
    {
        var running = network.Processes.Where(p => p.IsRunning && p.Name != "introducer").ToList();
        var names = running.Select(p => p.Name).ToHashSet();
        var ends = 0;
        foreach (var process in running)
        {
            foreach (var role in new[] { Role.FullNode, Role.Farmer, Role.Harvester, Role.Timelord })
                ends += await process.Peers(role);
        }

        return ends == 2 * Lines.Count(line => names.Contains(line.Item1) && names.Contains(line.Item2));
    }
}
