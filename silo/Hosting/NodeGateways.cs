using Chia.Gateway;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Chia.Silo.Hosting;

/// <summary>The gateways of a node's roles: bound with Kestrel, started after everything else, stopped before everything else.</summary>
internal sealed class NodeGateways : IHostedLifecycleService, IAsyncDisposable
{
    private readonly List<(RoleGateway Gateway, ListenOptions? Listen)> _gateways = [];

    public NodeGateways(NodeSettings settings, IClusterClient cluster, TimeProvider time, ILoggerFactory logs)
    {
        foreach (var role in settings.Roles)
        {
            var options = new GatewayOptions
            {
                Node = settings.Name,
                Role = role.Role,
                Network = settings.Network,
                Address = settings.Address,
                Port = role.Port,
                ConfiguredPeers = role.Connect,
                Introducer = role.Introducer,
                IntroducerInterval = role.IntroducerInterval,
            };
            _gateways.Add((new RoleGateway(options, cluster, time, logs), null));
        }
    }

    /// <summary>Ports in the order of the roles, once Kestrel listens.</summary>
    public IReadOnlyList<int> Ports => [.. _gateways.Select(g => g.Listen?.IPEndPoint?.Port ?? g.Gateway.Options.Port)];

    public void Bind(KestrelServerOptions kestrel)
    {
        for (var i = 0; i < _gateways.Count; i++)
        {
            var (gateway, index) = (_gateways[i].Gateway, i);
            kestrel.Listen(gateway.Options.Address, gateway.Options.Port, listen =>
            {
                _gateways[index] = (gateway, listen);
                listen.Run(gateway.Accept);
            });
        }
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var (gateway, port) in _gateways.Select(g => g.Gateway).Zip(Ports))
            await gateway.Start(port);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.WhenAll(_gateways.Select(g => g.Gateway.Stop()));

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
