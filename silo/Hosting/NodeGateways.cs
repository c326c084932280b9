using System.Net;
using Chia.Gateway.Configuration;
using Chia.Gateway.Connections;
using Chia.Gateway;
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
    private readonly List<(RoleGateway Gateway, ListenOptions? Listen)> _gateways = [];

    private readonly NodeSettings _settings;
    private readonly ValidationThreads _validation;

    public NodeGateways(NodeSettings settings, ValidationThreads validation, IClusterClient cluster, TimeProvider time, ILoggerFactory logs)
    {
        _settings = settings;
        _validation = validation;
        var limits = new GatewayLimits();
        var memory = new GatewayMemory(limits);
        foreach (var role in settings.Roles)
        {
            var options = new GatewayOptions
            {
                Node = settings.Name,
                Role = role.Role,
                Network = settings.Network,
                Address = role.Address,
                Port = role.Port,
                ConfiguredPeers = role.Connect,
                Introducer = role.Introducer,
                IntroducerInterval = role.IntroducerInterval,
                Limits = limits with { MaxInbound = role.MaxInbound },
            };
            _gateways.Add((new RoleGateway(options, memory, cluster, time, logs), null));
        }
    }

    /// <summary>Ports in the order of the roles, once Kestrel listens.</summary>
    public IReadOnlyList<int> Ports => [.. _gateways.Select(g => g.Listen?.IPEndPoint?.Port ?? g.Gateway.Options.Port)];

    public void Bind(KestrelServerOptions kestrel)
    {
        for (var i = 0; i < _gateways.Count; i++)
        {
            var (gateway, index) = (_gateways[i].Gateway, i);
            void Configure(ListenOptions listen)
            {
                _gateways[index] = (gateway, listen);
                listen.Run(gateway.Accept);
            }

            // On a machine without IPv6, "all addresses" falls back to those of IPv4.
            if (gateway.Options.Address.Equals(IPAddress.IPv6Any))
                kestrel.ListenAnyIP(gateway.Options.Port, Configure);
            else
                kestrel.Listen(gateway.Options.Address, gateway.Options.Port, Configure);
        }
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < _gateways.Count; i++)
            await _gateways[i].Gateway.Start(Ports[i], [.. _settings.Roles[i].ConnectLocal.Select(LocalEndpoint)]);
    }

    private PeerAddress LocalEndpoint(Role role)
    {
        var index = _settings.Roles.ToList().FindIndex(r => r.Role == role);
        var address = _settings.Roles[index].Address;
        var reachable = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback : address;
        return PeerAddress.Of(PeerHost.Of(reachable), (ushort)Ports[index]);
    }

    /// <summary>Connections first; then checks that wait are dropped, so that nobody waits for a sync's worth of proofs.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_gateways.Select(g => g.Gateway.Stop()));
        _validation.Dispose();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var (gateway, _) in _gateways)
            await gateway.DisposeAsync();
    }
}
