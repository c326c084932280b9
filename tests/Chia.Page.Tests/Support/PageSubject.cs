using Chia.Grains.Farmer;
using Chia.Grains.Harvester;
using Chia.Page.Tests.Support;
using Chia.Silo.Hosting;
using Chia.Silo.Keys;
using Chia.Silo.Networks;
using Chia.Silo.Node;
using Chia.Silo.Plots;
using Chia.Silo.Simulation;
using Chia.Silo.Simulation.Checks;
using Chia.Silo.Simulation.Plan;
using Chia.Testing;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(PageSubject))]

namespace Chia.Page.Tests.Support;

/// <summary>A browser, and a small simulated network whose page it looks at: made at the first use, for all tests.</summary>
public sealed class PageSubject : IAsyncLifetime
{
    private const byte K = 17;

    /// <summary>Enough for a proof to nearly every challenge.</summary>
    private const int Plots = 10;

    /// <summary>Quick to prove; the arithmetic is that of 1024 bits. Fewer iterations per second than any machine reaches.</summary>
    private static readonly string[] Constants = ["constants.discriminant_size_bits=256", "constants.vdf_ips_starting=50000"];

    /// <summary>Far more than the start of the network takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TempFolder _folder = new();
    private readonly Lazy<Task<Running>> _running;

    public PageSubject() => _running = new(Start);

    /// <summary>Opens a window on a page of the network. Skips the test without a browser.</summary>
    internal async Task<Visit> Open(string route = "", int width = 1440, int height = 1000, ColorScheme scheme = ColorScheme.Light)
    {
        Chromium.Require();
        var running = await _running.Value.WaitAsync(Patience, TestContext.Current.CancellationToken);
        return await Open(running, running.Api.Url, route, width, height, scheme);
    }

    /// <summary>Opens a window on the page of a node of the test's own.</summary>
    internal async Task<Visit> OpenNode(string url, string route)
    {
        Chromium.Require();
        var running = await _running.Value.WaitAsync(Patience, TestContext.Current.CancellationToken);
        return await Open(running, url, route, 1440, 1000, ColorScheme.Light);
    }

    private static async Task<Visit> Open(Running running, string url, string route, int width, int height, ColorScheme scheme)
    {
        var context =
            await running.Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(Visit.Patience);
        var visit = new Visit(page, url, running.Network);
        await visit.Go(route);
        return visit;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_running.IsValueCreated)
        {
            var running = await _running.Value;
            await running.Browser.DisposeAsync();
            running.Playwright.Dispose();
            await running.Api.DisposeAsync();
            await running.Network.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task<Running> Start()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Program, Args = ["--no-sandbox"] });
        var options = new SimulationOptions(_folder.Path, Nodes: 3, null, null, null, null, KillTest: false, null);
        await Found(options.Root);
        var files = await SimulationFiles.Prepare(options, _ => { }, CancellationToken.None);
        var network = new SimulatedNetwork(files, options.Nodes, options.Log);
        var api = await ApiServer.Start(
            new ApiPort(System.Net.IPAddress.Loopback, 0, MayMove: false),
            network.AsNodes(() => { }),
            network.Logging,
            routes => SimulationEndpoints.Map(routes, network, _ => { }),
            CancellationToken.None);
        await network.StartNodes(_ => { }, CancellationToken.None);
        await network.StartFarm(CancellationToken.None);
        return new Running(playwright, browser, network, api);
    }

    /// <summary>What <c>chia simulate</c> makes at its first start, with constants that make it quick.</summary>
    private static async Task Found(string root)
    {
        KeysFile.Write(NodePaths.KeysFile(root), FarmerKeys.Generate(), HarvesterKeys.Generate());
        var (farmer, harvester) = (KeysFile.ReadFarmer(NodePaths.KeysFile(root)), KeysFile.ReadHarvester(NodePaths.KeysFile(root)));
        var list = PlotsFile.Of(root);
        await new PlotMaker(harvester, farmer.PoolPublicKeys[0], list, list.PlotRoot).MakeAll(K, Plots, CancellationToken.None);
        var made =
            await NetworkMaker.Make(
            new NetworkRequest("page-test", 2, NetworkPace.Watched, Constants), farmer, list.Load(), CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(root, "network.yaml"), NetworkWriter.Write(made.Network));
    }

    private sealed record Running(IPlaywright Playwright, IBrowser Browser, SimulatedNetwork Network, ApiServer Api);
}
