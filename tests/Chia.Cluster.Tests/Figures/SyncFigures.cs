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

    [Fact(Explicit = true)]
    public async Task A_sync_in_one_process_and_on_PostgreSQL()
    {
        var chain = ChainVectors.Real;
        using var folder = new TempFolder();
        await using (var node = ChiaProcess.Start(
            "start", "full_node", "--network", chain.NetworkFile, "--root", folder.Path, "--port", "0", "--rpc-port", "0",
            "--introducer", "none", "--set", "full_node.target_peer_count=0"))
        {
            var ready = new ReadyLine(await node.WaitUntilReady());
            var rpc = ready["rpc"];
            using var api = new HttpApi(rpc.StartsWith("http", StringComparison.Ordinal) ? rpc : $"http://127.0.0.1:{rpc}");
            Figures.Say($"one process, SQLite: {await Sync(int.Parse(ready["port"], CultureInfo.InvariantCulture), api):F1} blocks/s");
        }

        await using var cluster = await TestCluster.Create(chain);
        await cluster.StartSilo();
        var gateway = await cluster.StartGateway();
        using var clusterApi = gateway.Api();
        Figures.Say($"one silo, one gateway, PostgreSQL: {await Sync(gateway.Port(), clusterApi):F1} blocks/s");

        async Task<double> Sync(int port, HttpApi api)
        {
            var began = Stopwatch.GetTimestamp();
            await using var source = await TestPeer.Dial(port, new ChainScript(chain.Main));
            await Poll.Until(async () => await Height(api) == 300);
            return 300 / Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
    }

    private static async Task<uint> Height(HttpApi api) =>
        (await api.Json("/api/v1/status")).GetProperty("tip").GetProperty("height").GetUInt32();

    private static async Task<double> Rate(int silos)
    {
        // Who has less than a core makes up batches for one.
        Environment.SetEnvironmentVariable("DOTNET_PROCESSOR_COUNT", "1");
        var chain = ChainVectors.Real;
        List<CpuShare> shares = [];
        double rate;
        await using (var cluster = await TestCluster.Create(chain))
        {
            await cluster.StartSilos(silos);
            var gateway = await cluster.StartGateway();
            await using var client = await ClusterClient.Connect(cluster);
            await using var warming = await TestPeer.Dial(gateway.Port(), new ChainScript([.. chain.Main.Take((int)WarmUp + 1)]));
            await Poll.Until(async () => (await client.Chain.GetSnapshot()).Heaviest.Height == WarmUp);
            await warming.DisposeAsync();
            shares.AddRange(cluster.Silos.Select(silo => CpuShare.Of(silo.Process.Id, Share)));
            var script = new ChainScript(chain.Main);
            await using var first = await TestPeer.Dial(gateway.Port(), script);
            await using var second = await TestPeer.Dial(gateway.Port(), script);
            var (began, from) = await Reach(client, From);
            var (ended, to) = await Reach(client, To);
            rate = (to - from) / Stopwatch.GetElapsedTime(began, ended).TotalSeconds;
        }

        Environment.SetEnvironmentVariable("DOTNET_PROCESSOR_COUNT", null);
        shares.ForEach(share => share.Dispose());
        return rate;
    }

    private static async Task<(long At, uint Height)> Reach(ClusterClient client, uint height)
    {
        while (true)
        {
            var now = (await client.Chain.GetSnapshot()).Heaviest.Height;
            if (now >= height)
                return (Stopwatch.GetTimestamp(), now);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
    }
}
