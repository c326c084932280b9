using Chia.GrainInterfaces.Clusters;
using Chia.Silo.Simulation.Hosts;
using Chia.Silo.Simulation.Screen;
using Spectre.Console;

namespace Chia.Silo.Tests.Simulation.Screen;

/// <summary>A simulated cluster as a person sees it: who runs, and what lives where.</summary>
public sealed class ClusterLinesTests
{
    [Fact]
    public void At_80_columns_each_silo_has_a_row_with_what_lives_there()
    {
        var lines = ClusterLines.Draw(Seen(3, 3), 80, 8);
        Assert.Equal(
            [
                "",
                "silo       state     chain of      sync of       role of       directory of",
                "silo-1     active    node-1        node-1        node-1        node-1",
                "silo-2     stopped",
                "silo-3     active    node-3        node-3        node-3        node-3",
                "gateways   gateway-1 with 4 peers, gateway-2 stopped",
            ],
            lines);
        Assert.All(lines, line => Assert.InRange(line.GetCellWidth(), 0, 80));
    }

    [Fact]
    public void Names_that_find_no_room_become_numbers_and_then_a_count()
    {
        var silo = ClusterLines.Draw(Seen(1, 20), 80, 8)[2];
        Assert.Contains(" 1 2 3 4 5 +15 ", silo);
        Assert.InRange(silo.GetCellWidth(), 1, 80);
    }

    [Fact]
    public void Silos_for_which_there_is_no_row_are_counted()
    {
        var lines = ClusterLines.Draw(Seen(9, 9), 80, 7);
        Assert.Equal(7, lines.Count);
        Assert.Equal("and 6 more: 6 active", lines[^2]);
        Assert.Empty(ClusterLines.Draw(Seen(9, 9), 80, 3));
    }

    [Fact]
    public void Redirected_each_process_has_a_line_that_names_what_lives_there() =>
        Assert.Equal(
            ["silo-1: active chain=node-1 sync=node-1 full_node=node-1 directory=node-1", "silo-2: stopped",
                "gateway-1: connections=4", "gateway-2: stopped"],
            ClusterLines.Print(Seen(2, 2)).Select(line => line.Line));

    [Fact]
    public void While_nobody_answers_it_is_told_which_processes_run()
    {
        var seen = ClusterSnapshot.Of([new Process("silo-1", "silo", true), new Process("gateway-1", "gateway", true)], null);
        Assert.Equal(["silo-1: no answer", "gateway-1: connections=?"], ClusterLines.Print(seen).Select(line => line.Line));
    }

    /// <summary>Node i lives on silo i; the second silo and the second gateway are stopped.</summary>
    private static ClusterSnapshot Seen(int silos, int nodes) => ClusterSnapshot.Of(
        [
            .. Enumerable.Range(1, silos).Select(i => new Process($"silo-{i}", "silo", i != 2)),
            new Process("gateway-1", "gateway", true),
            new Process("gateway-2", "gateway", false),
        ],
        new ClusterReport(
            [.. Enumerable.Range(1, silos).Select(i => new SiloReport($"silo-{i}", "", "active", [], null))],
            [
                .. from node in Enumerable.Range(1, nodes)
                   from kind in new[] { "chain", "sync", "full_node", "directory" }
                   select new SingletonReport(
                       kind, kind == "directory" ? $"node-{node}/FullNode" : $"node-{node}", $"silo-{Math.Min(node, silos)}", null),
            ],
            [new GatewayReport("node-1/FullNode", "gateway-1-abc", 3), new GatewayReport("node-2/FullNode", "gateway-1-def", 1)],
            []));

    private sealed record Process(string Name, string Kind, bool IsRunning) : ISimulatedHost
    {
        public int Side => 0;

        public Task Start(CancellationToken cancellation) => Task.CompletedTask;

        public Task Stop() => Task.CompletedTask;

        public Task Kill() => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
