using System.Net;
using System.Text.RegularExpressions;
using Chia.Functional.Tests.Network;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Silo.Keys;
using Chia.Silo.Node;
using Chia.Testing;
using VectorChain = Chia.Functional.Tests.Support.VectorChain;

namespace Chia.Functional.Tests.Api;

/// <summary>What a dashboard shows and an alert looks at is there on a running node (OPERATIONS 4).</summary>
public sealed partial class MetricsTests(FarmSupplies supplies)
{
    private static VectorChain Chain => VectorChain.Small;

    [Fact]
    public async Task Every_metric_of_the_dashboard_and_the_alerts_is_there()
    {
        var wanted = Used("dashboard.json").Concat(Used("alerts.yaml")).ToHashSet();
        Assert.True(wanted.Count > 20);
        using var folder = new TempFolder();
        using var http = new HttpClient();
        await RunningNodes.Fill(Chain, folder.Sub("node"), Chain.Main);
        await using var node = await Start(folder.Sub("node"), Chain.Network, [Role.FullNode, Role.Timelord], _ => { });
        await using var farm = await Farm(folder);
        // From the first look on is counted.
        await Scrape(http, node);

        await using (var peer = await TestPeer.Dial(node.Port(), new ChainScript(Chain.Fork, announced: 1)))
        await using (var witness = await TestPeer.Dial(node.Port()))
            await witness.Expect<BlockMessage>(m => m.Block.Height == 42);

        var missing = wanted;
        for (var look = 0; missing.Count > 0 && look < 50; look++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
            var found = Names(await Scrape(http, node)).Concat(Names(await Scrape(http, farm))).ToHashSet();
            missing = [.. wanted.Except(found)];
        }

        Assert.Empty(missing);
    }

    [Fact]
    public async Task A_gauge_says_what_the_status_says()
    {
        using var folder = new TempFolder();
        using var http = new HttpClient();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main);
        await using var node = await Start(folder.Path, Chain.Network, [Role.FullNode], _ => { });
        var text = await Scrape(http, node);
        Assert.Matches("""(?m)^chia_chain_height\{[^}]*node="main"[^}]*\} 40$""", text);
        Assert.Matches("""(?m)^chia_state\{[^}]*state="no_peers"[^}]*\} 1$""", text);
        Assert.DoesNotContain("chia_plots", text);
    }

    private async Task<RunningNode> Farm(TempFolder folder)
    {
        var root = await supplies.Farm(folder, "farm", ..2);
        var network = Chia.Silo.Networks.NetworkFile.Resolve(supplies.NetworkFile);
        return await Start(
            root, network, [Role.Farmer, Role.Harvester], services => RoleKeys.Add(services, [Role.Farmer, Role.Harvester], root, ""));
    }

    private static Task<RunningNode> Start(
        string root, Protocol.Networks.NetworkDefinition network, Role[] roles,
        Action<Microsoft.Extensions.DependencyInjection.IServiceCollection> services) =>
        NodeHost.Start(
            new NodeSettings
            {
                Network = network,
                Root = root,
                Roles = [
                    .. roles.Select(
                    role => new RoleSettings(
                    role, 0) { Address = IPAddress.Loopback, ConnectLocal = [.. roles.Where(r => r != role).Take(1)] })],
                Services = services,
                Logging = _ => { },
            },
            TestContext.Current.CancellationToken);

    private static Task<string> Scrape(HttpClient http, RunningNode node) =>
        http.GetStringAsync(new Uri($"{node.RpcUrl}/metrics"), TestContext.Current.CancellationToken);

    private static IEnumerable<string> Used(string file) =>
        Metric().Matches(File.ReadAllText(Path.Combine(Vectors.RepositoryRoot, "deploy", "grafana", file))).Select(m => m.Value);

    private static IEnumerable<string> Names(string text) => Metric().Matches(text).Select(m => m.Value);

    [GeneratedRegex(@"\bchia_[a-z_]+\b")]
    private static partial Regex Metric();
}
