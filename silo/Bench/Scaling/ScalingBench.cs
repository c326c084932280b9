using System.Globalization;
using Chia.Silo.Bench.Figures;

namespace Chia.Silo.Bench.Scaling;

/// <summary><c>chia bench scaling</c>: the tables of <c>docs/scaling.md</c>, computed from what was measured.</summary>
internal static class ScalingBench
{
    private const int Seed = 1;
    private const int SimulatedBlocks = 100_000;
    private const double Gibibyte = 1L << 30;

    /// <summary>
    /// Per core and on PostgreSQL, as docs/performance.md has them: a block of real300 with its header; the chain's turn in a sync;
    /// commits of one and of 32 blocks; memory streams; a peer in gateway and silo; the chain's index.
    /// </summary>
    private static readonly ClusterCosts Measured = new(
        CheckSeconds: 0.0049,
        ApplySeconds: 0.0002,
        CommitSeconds: 0.009,
        CommitBlockSeconds: 0.0003,
        CommitBlocks: 32,
        BroadcastItemSeconds: 1 / 26_000.0,
        GatewayPeerBytes: 28_300,
        SiloPeerBytes: 6_000,
        GatewaySendSeconds: 25e-6,
        IndexBlockBytes: 55,
        IndexBlocksPerSecond: 250_000);

    public static void Run(BenchReport report)
    {
        Saturation().Print(report);
        Loads().ForEach(table => table.Print(report));
    }

    private static FigureTable Saturation() => new FigureTable("where a cluster saturates")
        .Add(new Figure("one chain, commits of 32", Measured.Saturation, "blocks/s"))
        .Add(new Figure("one chain, commits of one", Measured.AppliedPerSecond(1), "blocks/s"))
        .Add(new Figure("validator cores that one chain can use", Measured.UsefulCores, "cores"))
        .Add(new Figure("gateways of one stream queue at 100 messages/s", Measured.Gateways(100), "gateways"))
        .Add(new Figure("peers in 1 GiB of a gateway", Measured.PeersInMemory(Gibibyte), "peers"))
        .Add(new Figure("peers in 1 GiB of a silo", Measured.PeersInSiloMemory(Gibibyte), "peers"))
        .Add(new Figure("peers of a gateway's core that have a block within 250 ms", Measured.PeersWithin(0.25), "peers"))
        .Add(new Figure("index of 10,000,000 blocks", 10_000_000 * Measured.IndexBlockBytes / Gibibyte, "GiB"))
        .Add(new Figure("start with 10,000,000 blocks", Measured.StartSeconds(10_000_000), "s"));

    private static List<FigureTable> Loads()
    {
        var tables = new List<FigureTable>();
        foreach (var silos in (int[])[1, 2, 3, 6])
        {
            const int Cores = 4;
            var simulation = new ClusterSimulation(Measured, silos * Cores);
            var table = new FigureTable(string.Create(CultureInfo.InvariantCulture, $"{silos} silos of {Cores} cores"));
            var most = simulation.Run(1e6, SimulatedBlocks, Seed);
            table.Add(new Figure("most", most.BlocksPerSecond, "blocks/s"));
            var half = simulation.Run(most.BlocksPerSecond / 2, SimulatedBlocks, Seed);
            table.Add(new Figure("at half of it, until a block is committed: median", half.Median * 1000, "ms"));
            table.Add(new Figure("99 of 100", half.Slowest * 1000, "ms"));
            tables.Add(table);
        }

        return tables;
    }
}
