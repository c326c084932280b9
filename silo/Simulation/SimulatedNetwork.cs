using System.Net;
using Chia.GrainInterfaces.Peers;
using Chia.Grains.Harvester;
using Chia.Grains.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Silo.Node;
using Chia.Silo.Simulation.Clusters;
using Chia.Silo.Simulation.Hosts;
using Chia.Silo.Simulation.Plan;

namespace Chia.Silo.Simulation;

/// <summary>
/// An introducer, full nodes, a farmer, a harvester and a timelord on loopback, with real TCP between them. The full nodes find each other
/// through the introducer; the farmer works for the first node, the timelord for all. While the network is cut in two, the second half has
/// a farmer, a harvester and a timelord of its own, with every other plot, so that both halves go on.
/// </summary>
internal sealed class SimulatedNetwork : IAsyncDisposable
{
    /// <summary>The side of a cut with the introducer and the first farmer.</summary>
    private const int FirstSide = 0;

    private const int SecondSide = 1;

    private readonly SimulationFiles _files;
    private readonly LogSettings _settings;
    private readonly LogFile _log;
    private readonly NetworkCut _cut;
    private readonly IFullNodes _fullNodes;
    private readonly SimulatedHost _introducer;
    private readonly SimulatedHost _secondFarmer;
    private readonly SimulatedHost _secondHarvester;
    private readonly SimulatedHost _secondTimelord;

    /// <param name="files">Keys, plots, network.</param>
    /// <param name="nodes">Full nodes.</param>
    /// <param name="log">How log lines are written, and where.</param>
    /// <param name="cluster">The cluster that they are to live on; null: each is a host of its own.</param>
    public SimulatedNetwork(SimulationFiles files, int nodes, LogSettings log, ClusterShape? cluster = null)
    {
        _files = files;
        (_settings, _log) = (log, new LogFile(log, TimeProvider.System));
        _cut = new NetworkCut(port => Hosts.OfType<SimulatedHost>().FirstOrDefault(host => host.Port == port)?.Side);
        _introducer = Host("introducer", Role.Introducer, FirstSide, () => []);
        _fullNodes = cluster is null ? InThisProcess(nodes) : new SimulatedCluster(files, nodes, cluster, log, _log);
        Farmer = Host("farmer", Role.Farmer, FirstSide, () => Nodes[0].Endpoints);
        Harvester = Host("harvester", Role.Harvester, FirstSide, () => Farmer.Endpoints);
        Timelord = Host("timelord", Role.Timelord, FirstSide, () => [.. Nodes.SelectMany(node => node.Endpoints)]);
        _secondFarmer = Host("farmer-2", Role.Farmer, SecondSide, () => Nodes[^1].Endpoints);
        _secondHarvester = Host("harvester-2", Role.Harvester, SecondSide, () => _secondFarmer.Endpoints);
        _secondTimelord = Host(
            "timelord-2", Role.Timelord, SecondSide,
            () => [.. Nodes.Where(node => node.Side == SecondSide).SelectMany(node => node.Endpoints)]);
        Hosts = [_introducer, .. _fullNodes.Hosts, Farmer, Harvester, Timelord, .. SecondFarm];
    }

    /// <summary>All hosts, those included that only run while the network is cut.</summary>
    public IReadOnlyList<ISimulatedHost> Hosts { get; } = [];

    public IReadOnlyList<ISimulatedNode> Nodes => _fullNodes.Nodes;

    /// <summary>What may end at any time, one after the other, without the network standing still.</summary>
    public IReadOnlyList<ISimulatedHost> Victims => _fullNodes.Hosts;

    /// <summary>Where the dashboard of Orleans is; null where there is none.</summary>
    public string? Dashboard => (_fullNodes as SimulatedCluster)?.Dashboard;

    public SimulatedHost Farmer { get; }

    public SimulatedHost Harvester { get; }

    public SimulatedHost Timelord { get; }

    /// <summary>Everything as the nodes of one API.</summary>
    public SimulatedNodes AsNodes(Action stop) => new(
        [.. Nodes, .. Hosts.OfType<SimulatedHost>().Except(Nodes)], stop);

    /// <summary>Log lines of the simulation itself.</summary>
    public Action<ILoggingBuilder> Logging => _log.For("simulation");

    public NetworkDefinition Network => _files.Network;

    /// <summary>The network is in two halves.</summary>
    public bool IsCut => _cut.IsMade;

    /// <summary>It has nodes for two halves.</summary>
    public bool CanBeCut => _fullNodes.CanBeCut;

    /// <summary>Hosts that a person has to do with: those of the second farm only while there is one.</summary>
    public IEnumerable<ISimulatedHost> Shown => IsCut ? Hosts : Hosts.Except(SecondFarm);

    /// <summary>The cluster that the full nodes live on; null if they live on none.</summary>
    public Task<ClusterSnapshot?> GetCluster() => _fullNodes.GetCluster();

    private IEnumerable<SimulatedHost> SecondFarm => [_secondFarmer, _secondHarvester, _secondTimelord];

    /// <summary>Starts the introducer and the full nodes; each finds the others by itself. No block is made yet.</summary>
    /// <param name="tell">Told what is done.</param>
    /// <param name="cancellation">Ends the start.</param>
    public async Task StartNodes(Action<string> tell, CancellationToken cancellation)
    {
        await _introducer.Start(cancellation);
        await _fullNodes.Start(_introducer.Endpoint, tell, cancellation);
    }

    /// <summary>Starts farmer, harvester and timelord: from here on blocks are made.</summary>
    /// <param name="cancellation">Ends the start.</param>
    public async Task StartFarm(CancellationToken cancellation)
    {
        await Farmer.Start(cancellation);
        await Task.WhenAll(Harvester.Start(cancellation), Timelord.Start(cancellation));
    }

    /// <summary>Cuts the network in two, and gives the second half a farm.</summary>
    public async Task Cut(CancellationToken cancellation)
    {
        _cut.Make();
        await Bridge((directory, other) => directory.Release(other));
        await _secondFarmer.Start(cancellation);
        await Task.WhenAll(_secondHarvester.Start(cancellation), _secondTimelord.Start(cancellation));
    }

    /// <summary>
    /// Makes one network of the halves again; the heavier half's chain wins. Each half has forgotten the addresses of the other, which did
    /// not answer, so the second is told one.
    /// </summary>
    public async Task Mend()
    {
        _cut.Mend();
        await Bridge((directory, other) => directory.Keep(other));
        await Task.WhenAll(SecondFarm.Select(host => host.Stop()));
    }

    /// <summary>Tells the nodes of the second half what to do about the first node.</summary>
    private async Task Bridge(Func<IPeerDirectoryGrain, PeerAddress, Task> tell)
    {
        foreach (var host in Nodes.Where(node => node.Side == SecondSide))
        {
            var isTold = await host.Ask(async node =>
            {
                await tell(
                    node.Grains.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(NodeName.Main, Role.FullNode)), Nodes[0].Endpoints[0]);
                return true;
            });
            if (!isTold && host.Api is not null)
                throw new TimeoutException($"{host.Name} is too busy to be told of the cut: do it again");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stop([Timelord, Harvester, Farmer, .. SecondFarm]);
        await _fullNodes.DisposeAsync();
        await Stop(_introducer);
        _log.Dispose();
    }

    /// <summary>The first half has one more, if they are odd.</summary>
    private HostedNodes InThisProcess(int nodes) => new(
    [
        .. Enumerable.Range(1, nodes)
            .Select(i => Host($"node-{i}", Role.FullNode, 2 * i <= nodes + 1 ? FirstSide : SecondSide, () => [])),
    ]);

    private static Task Stop(params SimulatedHost[] hosts) => Task.WhenAll(hosts.Select(host => host.DisposeAsync().AsTask()));

    private SimulatedHost Host(string name, Role role, int side, Func<IReadOnlyList<PeerAddress>> connect) => new(name, role, side, port =>
    {
        var root = Path.Combine(_files.Root, name);
        Directory.CreateDirectory(root);
        return new NodeSettings
        {
            Network = _files.Network,
            Root = root,
            Roles =
            [
                new RoleSettings(role, port)
                {
                    Address = IPAddress.Loopback,
                    Connect = connect(),
                    Introducer = role == Role.FullNode ? _introducer.Endpoint : null,
                    IntroducerInterval = SimulationOptions.IntroducerInterval,
                },
            ],
            Peers = Configure,
            Partition = _cut.SeenFrom(side),
            Services = services => AddRole(services, role, side),
            Logging = _log.For(name),
            Log = _settings,
        };
    });

    private void AddRole(IServiceCollection services, Role role, int side)
    {
        _files.AddRole(services, role);
        if (role == Role.Harvester && side == SecondSide)
            services.AddSingleton<IPlotSource>(new EveryOtherPlot(_files.Plots));
    }

    private void Configure(PeerDirectoryOptions options) => options.TargetPeerCount = Math.Max(1, Nodes.Count - 1);

    /// <summary>Half of the plots.</summary>
    private sealed class EveryOtherPlot(IPlotSource all) : IPlotSource
    {
        public IReadOnlyList<PlotEntry> Read() => [.. all.Read().Where((_, i) => i % 2 == 1)];
    }
}
