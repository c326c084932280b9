using Chia.GrainInterfaces.Roles;
using Chia.Protocol.Primitives;
using Chia.Silo.Simulation.Hosts;
using Chia.Silo.Simulation.Screen;
using Chia.Silo.Status;
using Chia.Testing;
using Spectre.Console;

namespace Chia.Silo.Tests.Simulation.Screen;

/// <summary>The picture fits its window, whatever there is to show (OPERATIONS 7).</summary>
public sealed class SimulationScreenTests
{
    [Theory]
    [InlineData(3, 80, 24)]
    [InlineData(20, 80, 24)]
    [InlineData(20, 200, 60)]
    [InlineData(1, 40, 12)]
    [InlineData(20, 80, 12)]
    public void It_fits(int nodes, int width, int height)
    {
        var notes = Enumerable.Range(0, 40).Select(i => $"note {i} " + new string('x', 100)).ToList();
        foreach (var snapshot in new[] { null, Snapshot(nodes) })
        {
            var lines = SimulationScreen.Draw(snapshot, notes, "network x in " + new string('/', 100), width, height);
            Assert.InRange(lines.Count, 2, height);
            Assert.All(lines, line => Assert.InRange(line.GetCellWidth(), 0, width));
            Assert.StartsWith("Ctrl-C", lines[^1]);
        }
    }

    [Fact]
    public void At_80_by_24_everything_of_a_usual_network_is_there()
    {
        var text = string.Join('\n', SimulationScreen.Draw(Snapshot(3), ["node-1 is stopped"], "network x", 80, 24));
        foreach (var shown in new[] { "node-1", "node-2", "stopped", "harvester", "farmer", "timelord", "plot-0-17", "node-1 is stopped" })
            Assert.Contains(shown, text);
        Assert.DoesNotContain("more:", text);
    }

    [Fact]
    public void At_80_by_24_a_cluster_of_three_silos_leaves_room_for_its_three_nodes_and_blocks()
    {
        var nothing = Array.Empty<string>().ToLookup(name => name);
        var cluster = new ClusterSnapshot(
            [.. Enumerable.Range(1, 3).Select(i => new SiloSight($"silo-{i}", "active", nothing))],
            [new("gateway-1", true, 3), new("gateway-2", true, null)]);
        var snapshot = Snapshot(3) with { Cluster = cluster };
        var lines = SimulationScreen.Draw(snapshot, ["a", "b", "c", "d"], "network x", 80, 24);
        var text = string.Join('\n', lines);
        foreach (var shown in new[] { "silo-3", "gateway-1 with 3 peers, gateway-2 with ? peers", "node-1", "node-3", "plot-0-17", "d" })
            Assert.Contains(shown, text);
        Assert.Contains("node-2     does not answer just now", text);
        Assert.DoesNotContain("more:", text);
        Assert.InRange(lines.Count, 20, 24);
    }

    [Fact]
    public void Nodes_that_have_no_row_are_summed_up() =>
        Assert.Contains(
            SimulationScreen.Draw(Snapshot(20), [], "x", 80, 24), line => line.StartsWith("and 14 more: ", StringComparison.Ordinal));

    private static SimulationSnapshot Snapshot(int nodes) =>
        Of([.. Enumerable.Range(0, 8).Select(i => Block((uint)(8 - i), $"b{i}", "plot-0-17"))], nodes);

    private static SimulationSnapshot Of(NewBlock[] newest, int nodes = 1) => new(
        [.. Enumerable.Range(1, nodes).Select(i => ($"node-{i}", i == 2 ? null : Node()))],
        Node() with { Farmer = new FarmerStatus(1, 1, 7, 70, new string('c', 64), 1, 0, 0, 0, 0, 0.8) },
        Node() with { Harvester = new HarvesterStatus(1, 6, [], [], 0, 0, 0, 0) },
        Node() with { Timelord = new TimelordStatus(1, 1, 1, 100_000, 7, 0, null, []) },
        newest);

    private static NodeStatus Node() =>
        new("synced (tip 00:00:05 old)", NodeState.Synced, "synced", "x", true, [], [])
        {
            Height = 8,
            Weight = 123_456,
            Tip = new string('a', 64)
        };

    private static NewBlock Block(uint height, string name, string winner) => new(
        height,
        new Bytes32(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name))),
        1_000,
        1_234_567,
        DateTimeOffset.UnixEpoch,
        winner);
}
