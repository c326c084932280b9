using System.Net;
using Chia.GrainInterfaces.Clusters;
using Chia.Protocol.Addresses;
using Chia.Silo.Api.Endpoints;
using Chia.Silo.Clusters;
using Chia.Silo.Clusters.Definition;
using Chia.Silo.Node;
using Chia.Silo.Simulation.Hosts;
using Chia.Silo.Simulation.Plan;
using Chia.Silo.Views;
using Chia.Storage.Files;

namespace Chia.Silo.Simulation.Clusters;

/// <summary>Full nodes on one cluster of silo and gateway processes, which are started here and end with us (CLUSTER 1).</summary>
internal sealed class SimulatedCluster : IFullNodes
{
    private const string DatabaseFile = "cluster.database";

    private readonly SimulationFiles _files;
    private readonly ClusterShape _shape;
    private readonly LogSettings _settings;
    private readonly LogFile _log;
    private readonly ClusterPlan _plan;
    private readonly string _file;
    private readonly List<SimulatedProcess> _silos;
    private readonly List<SimulatedProcess> _gateways;
    private Action<string> _tell = _ => { };
    private ClusterDatabase? _database;
    private IHost? _client;
    private ClusterNodes? _nodes;

    /// <param name="files">Keys, plots, network.</param>
    /// <param name="nodes">Full nodes.</param>
    /// <param name="shape">Processes.</param>
    /// <param name="settings">How they write their log lines: each into a file of its name, beside <paramref name="log"/>.</param>
    /// <param name="log">The simulation's.</param>
    public SimulatedCluster(SimulationFiles files, int nodes, ClusterShape shape, LogSettings settings, LogFile log)
    {
        (_files, _shape, _settings, _log) = (files, shape, settings, log);
        _file = Path.Combine(files.Root, "cluster.yaml");
        _plan = ClusterPlan.Make(nodes, shape);
        _silos = [.. _plan.SiloNames.Select((name, i) => Process(name, "silo", _plan.SiloArguments(_file, i)))];
        _gateways = [.. _plan.GatewayNames.Select((name, i) => Process(name, "gateway", _plan.GatewayArguments(_file, i)))];
        Hosts = [.. _silos, .. _gateways];
        Nodes =
        [
            .. _plan.NodeNames.Select(name => name.ToString())
                .Select((name, i) => new ClusteredNode(name, [.. EndpointsOf(i)], () => _nodes?.Find(name))),
        ];
    }

    public IReadOnlyList<ISimulatedNode> Nodes { get; }

    public IReadOnlyList<ISimulatedHost> Hosts { get; }

    /// <summary>Its gateways speak for all nodes: there is nothing between them.</summary>
    public bool CanBeCut => false;

    /// <summary>Where a silo that runs has the dashboard of Orleans; null while none runs.</summary>
    public string? Dashboard => _silos.Select(silo => silo.Ready).FirstOrDefault(ready => ready is not null) is { } line
        ? $"{line[(line.IndexOf("http=", StringComparison.Ordinal) + "http=".Length)..]}{OrleansPage.Path}"
        : null;

    public async Task Start(PeerAddress introducer, Action<string> tell, CancellationToken cancellation)
    {
        _tell = tell;
        tell(_shape.Database is null ? "starting a PostgreSQL server of its own" : "looking for the database");
        _database = await ClusterDatabase.Open(_shape, _files.Root);
        SharedFile.Replace(
            Path.Combine(_files.Root, DatabaseFile), System.Text.Encoding.UTF8.GetBytes(_database.Connection), SharedFile.OwnerOnly);
        SharedFile.Replace(_file, System.Text.Encoding.UTF8.GetBytes(_plan.File(
            _files.Network.NetworkId, SimulationFiles.NetworkFileName, DatabaseFile, introducer.ToString(),
            (int)SimulationOptions.IntroducerInterval.TotalSeconds)));
        var cluster = ClusterFile.Read(_file);
        await ClusterDatabase.Prepare(cluster, cancellation);
        await new ClusterChains(_files.Root, _files.Network).ImportFiles(cluster.BlockStore, _plan.NodeNames, cancellation);
        tell($"starting {Amounts.Plural(_silos.Count, "silo")} and {Amounts.Plural(_gateways.Count, "gateway")}");
        // Gateways ask for every node at once: with all silos there, not everything comes to live on the first.
        await Task.WhenAll(_silos.Select(silo => silo.Start(cancellation)));
        await Task.WhenAll(_gateways.Select(gateway => gateway.Start(cancellation)));
        await Connect(cluster, cancellation);
    }

    public async Task<ClusterSnapshot?> GetCluster() => ClusterSnapshot.Of(Hosts, await GetReport());

    /// <summary>Who depends on whom: gateways and we on the silos, these on the database.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_gateways.Select(gateway => gateway.DisposeAsync().AsTask()));
        if (_client is not null)
        {
            await _client.StopAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _client.Dispose();
        }

        await Task.WhenAll(_silos.Select(silo => silo.DisposeAsync().AsTask()));
        if (_database is not null)
            await _database.DisposeAsync();
    }

    private async Task Connect(ClusterDefinition cluster, CancellationToken cancellation)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning).QuietOrleans();
        _log.For("simulation")(builder.Logging);
        NodeLogging.KeepLines(builder.Logging, _settings with { Level = LogLevel.Warning });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(cluster);
        builder.Services.AddSingleton<ClusterNodes>();
        builder.UseOrleansClient(client => GatewayHost.Configure(client, cluster));
        _client = builder.Build();
        await _client.StartAsync(cancellation);
        _nodes = _client.Services.GetRequiredService<ClusterNodes>();
    }

    private async Task<ClusterReport?> GetReport()
    {
        if (_nodes is null)
            return null;
        var names = _client!.Services.GetRequiredService<ClusterDefinition>().Nodes.Select(node => node.Name);
        return await Nodes[0].Ask(node => node.Grains.GetGrain<IClusterGrain>(0).GetReport([.. names]));
    }

    private SimulatedProcess Process(string name, string kind, IReadOnlyList<string> arguments)
    {
        var log = _log.CreateLogger(name);
        return new(name, kind, [.. arguments, .. LogArguments(name)], line => SimulationLog.ProcessSays(log, line), what => _tell(what));
    }

    private IEnumerable<string> LogArguments(string name) =>
    [
        "--log-file", Path.Combine(Path.GetDirectoryName(_settings.File)!, name + ".log"),
        "--log-format", _settings.Format == LogFormat.Json ? "json" : "text",
    ];

    private IEnumerable<PeerAddress> EndpointsOf(int node) =>
        Enumerable.Range(0, _plan.Gateways)
            .Select(gateway => PeerAddress.Of(PeerHost.Of(IPAddress.Loopback), (ushort)_plan.PortOf(node, gateway)));
}

internal static partial class SimulationLog
{
    [LoggerMessage(5201, LogLevel.Information, "{Line}")]
    public static partial void ProcessSays(ILogger logger, string line);
}
