using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Clusters;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Chain;
using Chia.Grains.Placement;
using Chia.Protocol.Primitives;
using Chia.Storage.Errors;
using Microsoft.Extensions.DependencyInjection;

namespace Chia.Grains.Clusters;

/// <summary>Gathers what the cluster is made of from Orleans' membership and grain directory.</summary>
[StatelessWorker(1)]
[KeepAlive] // Orleans counts idleness by the date (ORLEANS.md, Added by later trials).
internal sealed class ClusterGrain : Grain, IClusterGrain
{
    private readonly SiloRoles _roles;
    private readonly SiloServices _silos;
    private readonly IBlockStoreProvider _stores;

    /// <summary>Constructed by Orleans, with services of the silo.</summary>
    public ClusterGrain(SiloRoles roles, IBlockStoreProvider stores, IServiceProvider services)
    {
        _roles = roles;
        _stores = stores;
        _silos = services.GetRequiredService<SiloServices>();
    }

    private IManagementGrain Management => GrainFactory.GetGrain<IManagementGrain>(0);

    /// <inheritdoc/>
    public async Task<ClusterReport> GetReport(NodeName[] nodes)
    {
        var hosts = await Management.GetDetailedHosts(onlyActive: false);
        var alive = hosts.Where(host => host.Status is not SiloStatus.Dead).OrderBy(host => host.SiloName, StringComparer.Ordinal)
            .ToList();
        var names = alive.ToDictionary(host => host.SiloAddress, host => host.SiloName);
        var singletons = new List<SingletonReport>();
        var gateways = new List<GatewayReport>();
        foreach (var node in nodes)
        {
            var key = NodeKey.Of(node);
            singletons.Add(
                await Locate("chain", key, GrainFactory.GetGrain<IBlockchainGrain>(key), names) with { Epoch = await EpochOf(node) });
            singletons.Add(await Locate("sync", key, GrainFactory.GetGrain<ISyncGrain>(key), names));
            singletons.Add(await Locate("full_node", key, GrainFactory.GetGrain<IFullNodeGrain>(key), names));
            singletons.Add(await Locate("farmer", key, GrainFactory.GetGrain<IFarmerGrain>(key), names));
            singletons.Add(await Locate("harvester", key, GrainFactory.GetGrain<IHarvesterGrain>(key), names));
            singletons.Add(await Locate("timelord", key, GrainFactory.GetGrain<ITimelordGrain>(key), names));
            singletons.Add(await Locate("introducer", key, GrainFactory.GetGrain<IIntroducerGrain>(key), names));
            foreach (var role in new[] { Role.FullNode, Role.Farmer, Role.Harvester, Role.Timelord, Role.Introducer })
            {
                var of = NodeKey.OfRole(node, role);
                var directory = GrainFactory.GetGrain<IPeerDirectoryGrain>(of);
                var place = await Locate("directory", of, directory, names);
                if (place.Silo is null)
                    continue;
                singletons.Add(place);
                var connections = (await directory.GetConnections()).CountBy(connection => connection.GatewayId).ToDictionary();
                gateways.AddRange(
                    (await directory.GetGateways()).Select(id => new GatewayReport(of, id, connections.GetValueOrDefault(id))));
            }
        }

        var active = alive.Where(host => host.Status == SiloStatus.Active).SelectMany(host => _roles.Of(host.SiloAddress)).ToHashSet();
        return new ClusterReport(
            [.. alive.Select(host => new SiloReport(
                host.SiloName, host.SiloAddress.ToString(), Word(host.Status), [.. _roles.Of(host.SiloAddress)],
                [.. _roles.NodesOf(host.SiloAddress)]))],
            [.. singletons.Where(s => s.Silo is not null || s.Kind is "chain" or "sync" or "full_node")],
            [.. gateways],
            [.. new[] { SiloRole.Chain, SiloRole.Validator }.Where(role => !active.Contains(role))]);
    }

    /// <inheritdoc/>
    public async Task<bool> Drain(string silo)
    {
        var hosts = await Management.GetDetailedHosts(onlyActive: true);
        if (hosts.FirstOrDefault(host => host.SiloName == silo || host.SiloAddress.ToString() == silo) is not { } found)
            return false;
        await _silos.Of(found.SiloAddress).Drain();
        return true;
    }

    private async Task<SingletonReport> Locate(string kind, string key, IAddressable grain, Dictionary<SiloAddress, string> names) =>
        new(kind, key, await Management.GetActivationAddress(grain) is { } silo
            ? names.GetValueOrDefault(silo, silo.ToString())
            : null, null);

    /// <summary>The epoch in force, from the store: a chain that lives nowhere just now has one too.</summary>
    private async Task<long?> EpochOf(NodeName node)
    {
        try
        {
            return (await (await _stores.Get(node, CancellationToken.None)).GetWriter()).Epoch;
        }
        catch (StoreException)
        {
            return null;
        }
    }

    private static string Word(SiloStatus status) => status switch
    {
        SiloStatus.ShuttingDown => "shutting_down",
        _ => status.ToString().ToLowerInvariant(),
    };
}
