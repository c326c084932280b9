using System.Net;
using Chia.Grains.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Silo.Node;

namespace Chia.Silo.Simulation;

/// <summary>
/// An introducer, full nodes, a farmer, a harvester and a timelord on loopback, with real TCP between them. The full nodes find each other through
/// the introducer; the farmer works for the first node, the timelord for all.
/// </summary>
internal sealed class SimulatedNetwork : IAsyncDisposable
{
    /// <summary>Nodes are few and close, so they look for each other often.</summary>
    private static readonly TimeSpan IntroducerInterval = TimeSpan.FromSeconds(3);

    private readonly SimulationFiles _files;
    private readonly FileLogging _log;
    private readonly SimulatedHost _introducer;
    private readonly SimulatedHost _farmer;
    private readonly SimulatedHost _harvester;
    private readonly SimulatedHost _timelord;

    public SimulatedNetwork(SimulationFiles files, int nodes)
    {
        _files = files;
        _log = new FileLogging(Path.Combine(files.Root, "simulation.log"));
        _introducer = Host("introducer", Role.Introducer, () => []);
        Nodes = [.. Enumerable.Range(1, nodes).Select(i => Host($"node-{i}", Role.FullNode, () => []))];
        _farmer = Host("farmer", Role.Farmer, () => [Endpoint(Nodes[0])]);
        _harvester = Host("harvester", Role.Harvester, () => [Endpoint(_farmer!)]);
        _timelord = Host("timelord", Role.Timelord, () => [.. Nodes.Select(Endpoint)]);
    }

    public IReadOnlyList<SimulatedHost> Nodes { get; }

    public SimulatedHost Farmer => _farmer;

    public SimulatedHost Harvester => _harvester;

    public SimulatedHost Timelord => _timelord;

    /// <summary>Everything as the nodes of one API.</summary>
    public SimulatedNodes AsNodes(Action stop) => new([.. Nodes, _farmer, _harvester, _timelord, _introducer], stop);

    /// <summary>Log lines of the simulation itself.</summary>
    public Action<ILoggingBuilder> Logging => _log.For("simulation");

    public NetworkDefinition Network => _files.Network;

    /// <summary>Starts everything; each finds the others by itself.</summary>
    public async Task Start(CancellationToken cancellation)
    {
        await _introducer.Start(cancellation);
        await Task.WhenAll(Nodes.Select(node => node.Start(cancellation)));
        await _farmer.Start(cancellation);
        await Task.WhenAll(_harvester.Start(cancellation), _timelord.Start(cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        await Stop(_timelord, _harvester, _farmer);
        await Stop([.. Nodes, _introducer]);
        _log.Dispose();
    }

    private static Task Stop(params SimulatedHost[] hosts) => Task.WhenAll(hosts.Select(host => host.DisposeAsync().AsTask()));

    private SimulatedHost Host(string name, Role role, Func<IReadOnlyList<PeerAddress>> connect) => new(name, port =>
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
                    Introducer = role == Role.FullNode ? Endpoint(_introducer) : null,
                    IntroducerInterval = IntroducerInterval,
                },
            ],
            Peers = Configure,
            Services = services => _files.AddRole(services, role),
            Logging = _log.For(name),
        };
    });

    private void Configure(PeerDirectoryOptions options) => options.TargetPeerCount = Math.Max(1, Nodes?.Count - 1 ?? 1);

    private static PeerAddress Endpoint(SimulatedHost host) => PeerAddress.Of(PeerHost.Of(IPAddress.Loopback), (ushort)host.Port);
}
