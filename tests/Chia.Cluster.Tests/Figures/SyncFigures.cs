using System.Diagnostics;
using System.Globalization;
using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Testing;

namespace Chia.Cluster.Tests.Figures;

/// <summary>What more silos do for a sync, and what PostgreSQL costs one. By hand: docs/scaling.md says how.</summary>
public class SyncFigures
{
    /// <summary>Blocks before and behind those that are timed: the first warm the program up, the last leave silos idle.</summary>
    private const uint WarmUp = 80, From = 100, To = 285;

    /// <summary>Of a core, for each silo: three of them, their gateway and whoever serves find room on two cores.</summary>
    private static double Share =>
        double.Parse(Environment.GetEnvironmentVariable("CHIA_FIGURES_SHARE") ?? "0.15", CultureInfo.InvariantCulture);

    [Fact(Explicit = true)]
    public async Task Blocks_a_second_with_1_2_and_3_silos_of_the_same_share_of_a_core()
    {
        Assert.SkipUnless(CpuShare.IsAvailable, "shares of cores need root and control groups");
        var one = 0.0;
        for (var silos = 1; silos <= 3; silos++)
        {
            var rate = await Rate(silos);
            one = silos == 1 ? rate : one;
            Figures.Say($"{silos} silos of {Share} cores: {rate:F1} blocks/s, {rate / one / silos:F2} of linear");
        }
    }

    /// <summary>Both warm, in turns; the better of each counts, since whatever else the machine does only costs.</summary>
    [Fact(Explicit = true)]
    public async Task A_sync_in_one_process_and_on_PostgreSQL()
    {
        const int Rounds = 3;
        var chain = ChainVectors.Real;
        List<double> files = [], databases = [];
        for (var round = 0; round < Rounds; round++)
        {
            using var folder = new TempFolder();
            await using (var node = ChiaProcess.Start(
                "start", "full_node", "--network", chain.NetworkFile, "--root", folder.Path, "--port", "0", "--rpc-port", "0",
                "--introducer", "none", "--set", "full_node.target_peer_count=0"))
            {
                var ready = new ReadyLine(await node.WaitUntilReady());
                using var api = new HttpApi(ready["rpc"]);
                files.Add(await Rate(
                    int.Parse(ready["port"], CultureInfo.InvariantCulture), () => Height(api),
                    used: async () => [UsedTime.Of(node.Id), UsedTime.Of(Environment.ProcessId)]));
            }

            await using var cluster = await TestCluster.Create(chain);
            await cluster.StartSilo();
            var gateway = await cluster.StartGateway();
            using var clusterApi = gateway.Api();
            databases.Add(await Rate(
                gateway.Port(), () => Height(clusterApi),
                used: async () =>
                [
                    UsedTime.Of(cluster.Silos[0].Process.Id), UsedTime.Of(Environment.ProcessId), UsedTime.Of(gateway.Process.Id),
                    await UsedTime.OfServer(cluster.Database),
                ]));
            Figures.Say($"{round + 1}: one process, SQLite: {files[^1]:F1}; silo and gateway, PostgreSQL: {databases[^1]:F1} blocks/s");
        }

        Figures.Say($"PostgreSQL against SQLite: {databases.Max() / files.Max():F2}");
    }

    private static async Task<uint> Height(HttpApi api) =>
        (await api.Json("/api/v1/blocks/tip")).GetProperty("height").GetUInt32();

    /// <summary>Blocks a second of a sync by two peers, after a shorter one that warms everything up.</summary>
    /// <param name="port">Where to dial.</param>
    /// <param name="height">How far it is.</param>
    /// <param name="beforeTiming">Called when all is warm.</param>
    /// <param name="used">Milliseconds of processor time so far: of the node or silo, of these tests, of the gateway, of the
    /// server.</param>
    private static async Task<double> Rate(
        int port, Func<Task<uint>> height, Action? beforeTiming = null, Func<Task<double[]>>? used = null)
    {
        var chain = ChainVectors.Real;
        await using (var warming = await TestPeer.Dial(port, new ChainScript([.. chain.Main.Take((int)WarmUp + 1)])))
            await Poll.Until(async () => await height() == WarmUp);
        beforeTiming?.Invoke();
        var script = new ChainScript(chain.Main);
        await using var first = await TestPeer.Dial(port, script);
        await using var second = await TestPeer.Dial(port, script);
        var (began, from) = await Reach(height, From);
        var before = used is null ? [] : await used();
        var (ended, to) = await Reach(height, To);
        if (used is not null)
        {
            var ofBlock = (await used()).Zip(before, (now, then) => (now - then) / (to - from));
            Figures.Say($"  processor time of a block, ms: {string.Join(", ", ofBlock.Select(ms => $"{ms:F2}"))}");
        }

        return (to - from) / Stopwatch.GetElapsedTime(began, ended).TotalSeconds;
    }

    private static async Task<double> Rate(int silos)
    {
        // Who has less than a core makes up batches for one.
        Environment.SetEnvironmentVariable("DOTNET_PROCESSOR_COUNT", "1");
        List<CpuShare> shares = [];
        double rate;
        await using (var cluster = await TestCluster.Create(ChainVectors.Real))
        {
            await cluster.StartSilos(silos);
            var gateway = await cluster.StartGateway();
            await using var client = await ClusterClient.Connect(cluster);
            rate = await Rate(
                gateway.Port(), async () => (await client.Chain.GetSnapshot()).Heaviest.Height,
                () => shares.AddRange(cluster.Silos.Select(silo => CpuShare.Of(silo.Process.Id, Share))));
        }

        Environment.SetEnvironmentVariable("DOTNET_PROCESSOR_COUNT", null);
        shares.ForEach(share => share.Dispose());
        return rate;
    }

    private static async Task<(long At, uint Height)> Reach(Func<Task<uint>> height, uint wanted)
    {
        while (true)
        {
            var now = await height();
            if (now >= wanted)
                return (Stopwatch.GetTimestamp(), now);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
    }
}
