using System.Net;
using System.Text.RegularExpressions;
using Chia.Functional.Tests.Network;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Addresses;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Silo.Keys;
using Chia.Silo.Node;
using Chia.Testing;

namespace Chia.Functional.Tests.Api;

/// <summary>What a dashboard shows and an alert looks at is there on a running node (OPERATIONS 4).</summary>
public sealed partial class MetricsTests(FarmSupplies supplies)
{
    private static ChainVectors Chain => ChainVectors.Small;

    [Fact]
    public async Task Every_metric_of_the_law_the_dashboard_and_the_alerts_is_there()
    {
        var wanted = Used("deploy/grafana/dashboard.json").Concat(Used("deploy/grafana/alerts.yaml")).ToHashSet();
        Assert.True(wanted.Count > 20);
        wanted.UnionWith(MetricRow.All.Where(row => !row.IsRare).Select(row => row.Name));
        using var folder = new TempFolder();
        using var http = new HttpClient();
        await RunningNodes.Fill(Chain, folder.Sub("node"), Chain.Main);
        await using var node = await Start(folder.Sub("node"), [Role.FullNode, Role.Timelord], _ => { });

        // From the first look on is counted.
        await Scrape(http, node);

        await using (var witness = await TestPeer.Dial(node.Port()))
        await using (var peer = await TestPeer.Dial(node.Port()))
        {
            foreach (var block in Chain.Branch)
                await peer.Send(new BlockMessage(block));
            await witness.Expect<BlockMessage>(m => m.Block.Height == 42);
        }

        // Not before: what it wins with the timelord would make the chain heavier than the branch, and nothing would leave the chain.
        await using var farm = await Farm(folder, node.Port());
        var (missing, text, began) = (wanted, "", TimeProvider.System.GetTimestamp());
        while (missing.Count > 0 && TimeProvider.System.GetElapsedTime(began) < Deadline.Length)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
            text = $"{await Scrape(http, node)}\n{await Scrape(http, farm)}";
            var found = Names(text).ToHashSet();
            missing = [.. wanted.Where(name => !found.Any(f => f.StartsWith(name, StringComparison.Ordinal)))];
        }

        Assert.True(missing.Count == 0, $"{string.Join(' ', missing)} of:\n{text}");
        Assert.All(
            MetricRow.All.Where(row => !row.IsRare).SelectMany(row => row.Labels.Select(label => (row.Name, label))),
            metric => Assert.Matches($"(?m)^{metric.Name}[a-z_]*\\{{[^}}]*\\b{metric.label}=\"", text));
    }

    [Fact]
    public async Task A_gauge_says_what_the_status_says()
    {
        using var folder = new TempFolder();
        using var http = new HttpClient();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main);
        await using var node = await Start(folder.Path, [Role.FullNode], _ => { });
        var text = await Scrape(http, node);
        Assert.Matches("""(?m)^chia_chain_height\{[^}]*node="main"[^}]*\} 40$""", text);
        Assert.Matches("""(?m)^chia_state\{[^}]*state="no_peers"[^}]*\} 1$""", text);
        Assert.DoesNotContain("chia_plots", text);
    }

    /// <summary>A farmer and a harvester that farm for a node.</summary>
    private async Task<RunningNode> Farm(TempFolder folder, int node)
    {
        var root = await supplies.Farm(folder, "farm", ..2);
        Role[] roles = [Role.Farmer, Role.Harvester];
        return await Start(root, roles, services => RoleKeys.Add(services, roles, root, ""), PeerAddress.Of("127.0.0.1", (ushort)node));
    }

    private static Task<RunningNode> Start(
        string root, Role[] roles, Action<Microsoft.Extensions.DependencyInjection.IServiceCollection> services,
        params PeerAddress[] dials) =>
        NodeHost.Start(
            new NodeSettings
            {
                Network = Chain.Network,
                Root = root,
                Roles = [
                    .. roles.Select((role, i) => new RoleSettings(role, 0)
                    {
                        Address = IPAddress.Loopback,
                        Connect = i == 0 ? dials : [],
                        ConnectLocal = [.. roles.Where(r => r != role).Take(1)],
                    })],
                Services = services,
                Logging = _ => { },
            },
            TestContext.Current.CancellationToken);

    private static Task<string> Scrape(HttpClient http, RunningNode node) =>
        http.GetStringAsync(new Uri($"{node.RpcUrl}/metrics"), TestContext.Current.CancellationToken);

    private static IEnumerable<string> Used(string file) =>
        Metric().Matches(Checkout.Read(file)).Select(m => m.Value);

    private static IEnumerable<string> Names(string text) => Metric().Matches(text).Select(m => m.Value);

    [GeneratedRegex(@"\bchia_[a-z_]+\b")]
    private static partial Regex Metric();
}
