using Chia.Protocol.Primitives;

namespace Chia.Functional.Tests.Network;

/// <summary>Every role survives the loss and the return of every other: nobody but the lost one is started again.</summary>
public class LossTests(FarmSupplies supplies)
{
    [Fact]
    public async Task Each_role_is_killed_and_comes_back_and_blocks_go_on()
    {
        await using var network = new ProcessNetwork(supplies);
        var introducer = await network.Introducer();
        var first = await network.FullNode("node-1", introducer);
        var second = await network.FullNode("node-2", introducer);
        var farmer = await network.Farmer(first);
        var harvester = await network.Harvester("harvester", farmer, ..);
        var timelord = await network.Timelord(second);
        await network.Agree(2, first, second);

        // The farmer has the first node only, the timelord the second: whoever is gone, nothing goes on.
        foreach (var victim in new[] { introducer, timelord, harvester, farmer, first, second })
        {
            await victim.KillHard();
            await network.Until($"everybody to notice that {victim.Name} is gone", async () =>
                victim == introducer || await Links(network) == Wanted(network));
            await victim.Start();
            await network.Until($"everybody to find {victim.Name} again", async () => await Links(network) == Wanted(network));
            await network.Agree(await ProcessNetwork.Highest(first, second) + 2, first, second);
        }

        // The introducer has come back with its list: who knows nobody finds everybody.
        var late = await network.FullNode("node-3", introducer);
        await network.Agree(await ProcessNetwork.Highest(first, second) + 1, first, second, late);
        network.MustBeSound();

        // Connections from end to end, both ends counted: node-1 – node-2, farmer – node-1, harvester – farmer, timelord – node-2.
        static int Wanted(ProcessNetwork network)
        {
            (string, string)[] edges = [("node-1", "node-2"), ("farmer", "node-1"), ("harvester", "farmer"), ("timelord", "node-2")];
            var running = network.Processes.Where(p => p.IsRunning).Select(p => p.Name).ToHashSet();
            return 2 * edges.Count(e => running.Contains(e.Item1) && running.Contains(e.Item2));
        }

        static async Task<int> Links(ProcessNetwork network)
        {
            var links = 0;
            foreach (var process in network.Processes)
            {
                foreach (var role in new[] { NodeType.FullNode, NodeType.Farmer, NodeType.Harvester, NodeType.Timelord })
                    links += process.Name == "introducer" ? 0 : await process.Peers(role);
            }

            return links;
        }
    }
}
