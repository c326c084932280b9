using System.Net;
using Chia.Consensus.Validation;
using Chia.Gateway;
using Chia.Gateway.Configuration;
using Chia.Gateway.Connections;
using Chia.Grains.Validation;
using Chia.Protocol.Addresses;
using Chia.Protocol.Primitives;
using Chia.Silo.Node;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Chia.Silo.Hosting;

/// <summary>The gateways of a node's roles: bound with Kestrel, started after everything else, stopped before everything else.</summary>
internal sealed class NodeGateways : IHostedLifecycleService, IAsyncDisposable
{
    private readonly List<Bound> _gateways = [];

    private readonly ValidationThreads? _validation;

    /// <param name="nodes">The nodes that this process takes connections for.</param>
    /// <param name="cluster">Their grains.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logs">Where log lines go.</param>
    /// <param name="validation">Where proofs are checked, if that is in this process.</param>
    public NodeGateways(
        IEnumerable<NodeSettings> nodes, IClusterClient cluster, TimeProvider time, ILoggerFactory logs,
        ValidationThreads? validation = null)
    {
        _validation = validation;
        var limits = new GatewayLimits();
        var memory = new GatewayMemory(limits);
        var roles = nodes.SelectMany(node => node.Roles.Select(role => (node, role))).ToList();
        var all = roles.ConvertAll(entry => limits with { MaxInbound = entry.role.MaxInbound });
        var given = DescriptorLimit.Given();
        var run = Guid.NewGuid();
        foreach (var ((settings, role), own) in roles.Zip(all))
        {
            var rehearsal = RehearsalOf(settings, role);
            if (HasOthersToDial(role) && Environment.ProcessorCount > 1)
                rehearsal?.Begin();
            var options = new GatewayOptions
            {
                Node = settings.Name,
                Process = settings.Process,
                Run = run,
                IsOneOfSeveral = validation is null,
                Role = role.Role,
                Network = settings.Network,
                Address = role.Address,
                Port = role.Port,
                ConfiguredPeers = role.Connect,
                Introducer = role.Introducer,
                IntroducerInterval = role.IntroducerInterval,
                ConnectionBegins = rehearsal is null ? null : () => _ = rehearsal.Begin(),
                Partition = settings.Partition,
                Limits = own with { MostInbound = DescriptorLimit.Share(own, all, given) },
            };
            _gateways.Add(new Bound(new RoleGateway(options, memory, cluster, time, logs), role));
        }
    }

    /// <summary>A full node whose checks are made in this process makes one before anybody needs it. Not counted among those that are
    /// needed.</summary>
    private Rehearsal? RehearsalOf(NodeSettings node, RoleSettings role) =>
        role.Role == Role.FullNode && _validation is not null
            ? new Rehearsal(node.Network, new ProofVerifier(), _validation)
            : null;

    /// <summary>A connection is certain to come: what a start leaves of the other cores is enough to be ready for it.</summary>
    private static bool HasOthersToDial(RoleSettings role) => role.Connect.Count > 0 || role.Introducer is not null;

    /// <summary>Ports in the order of the roles, once Kestrel listens.</summary>
    public IReadOnlyList<int> Ports => [.. _gateways.Select(g => g.Port)];

    /// <summary>True once all gateways have reached the cluster and begun to serve.</summary>
    public bool Serves => _gateways.TrueForAll(g => g.Gateway.IsServing);

    /// <summary>node.role_port=N for each.</summary>
    public string Describe() =>
        string.Join(' ', _gateways.Select(g => $"{g.Gateway.Options.Node}.{RoleNames.Of(g.Role.Role)}_port={g.Port}"));

    public void Bind(KestrelServerOptions kestrel)
    {
        foreach (var bound in _gateways)
        {
            var gateway = bound.Gateway;
            void Configure(ListenOptions listen)
            {
                bound.Listen = listen;
                listen.Run(gateway.Accept);
            }

            // On a machine without IPv6, "all addresses" falls back to those of IPv4.
            if (gateway.Options.Address.Equals(IPAddress.IPv6Any))
                kestrel.ListenAnyIP(gateway.Options.Port, Configure);
            else
                kestrel.Listen(gateway.Options.Address, gateway.Options.Port, Configure);
        }
    }

    /// <summary>Starts the gateways side by side: none waits for a silo that another needs.</summary>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.WhenAll(_gateways.Select(Start)).WaitAsync(cancellationToken);

    private Task Start(Bound bound) =>
        bound.Gateway.Start(
            bound.Port,
            [.. bound.Role.ConnectLocal.Select(role => (LocalEndpoint(bound.Gateway.Options.Node, role), RoleNames.Of(role)))]);

    /// <summary>Replaces the configured peers of a node's roles.</summary>
    public void SetPeers(NodeName node, IReadOnlyList<RoleSettings> roles)
    {
        foreach (var bound in _gateways.Where(bound => bound.Gateway.Options.Node == node))
        {
            if (roles.FirstOrDefault(role => role.Role == bound.Role.Role) is { } role)
                bound.Gateway.SetPeers(role.Connect);
        }
    }

    private PeerAddress LocalEndpoint(NodeName node, Role role)
    {
        var bound = _gateways.First(g => g.Gateway.Options.Node == node && g.Role.Role == role);
        var address = bound.Role.Address;
        var reachable = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback : address;
        return PeerAddress.Of(PeerHost.Of(reachable), (ushort)bound.Port);
    }

    /// <summary>Closes the connections first, then drops checks that wait, so that nobody waits for a whole sync's proofs.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_gateways.Select(g => g.Gateway.Stop()));
        _validation?.Dispose();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var bound in _gateways)
            await bound.Gateway.DisposeAsync();
    }

    private sealed class Bound(RoleGateway gateway, RoleSettings role)
    {
        public RoleGateway Gateway { get; } = gateway;

        public RoleSettings Role { get; } = role;

        public ListenOptions? Listen { get; set; }

        public int Port => Listen?.IPEndPoint?.Port ?? Gateway.Options.Port;
    }
}
