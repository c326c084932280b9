using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Chain;
using Chia.Protocol.Primitives;
using Chia.Silo.Node;
using Chia.Silo.Status;

namespace Chia.Silo.Hosting;

/// <summary>
/// What a node's silo starts besides Orleans itself, in this order. A stage that fails ends the start: Orleans then ends the stages before
/// it, in the opposite order, and the host closes what it has opened. When all are done Kestrel listens, and <see cref="NodeGateways"/>
/// begins to dial; it is the first to be stopped.
/// </summary>
internal sealed class NodeStages(NodeSettings settings, IBlockStoreProvider stores, IGrainFactory grains, IServiceProvider services)
    : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle)
    {
        // Before anything listens or runs: a store that cannot be used ends the start with one line that says why.
        lifecycle.Subscribe("block store", ServiceLifecycleStage.RuntimeStorageServices, OpenStore);

        // Once grains can be called: the index is in memory before the first question for it.
        lifecycle.Subscribe("chain", ServiceLifecycleStage.Active, LoadChain);

        // The grains that a node has one of are there from the start, whatever is set to the clock or runs short later.
        lifecycle.Subscribe("roles", ServiceLifecycleStage.Active + 1, WakeRoles);
    }

    private async Task OpenStore(CancellationToken cancellation)
    {
        if (settings.Has(Role.FullNode))
            await stores.Get(settings.Name, cancellation);
    }

    private async Task LoadChain(CancellationToken cancellation)
    {
        if (!settings.Has(Role.FullNode))
            return;
        var chain = grains.GetGrain<IBlockchainGrain>(NodeKey.Of(settings.Name));
        await chain.Load();
        services.GetRequiredService<StatusReader>().Begin(await chain.GetSnapshot());
    }

    private async Task WakeRoles(CancellationToken cancellation)
    {
        var key = NodeKey.Of(settings.Name);
        foreach (var role in settings.Roles.Select(r => r.Role))
        {
            await grains.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(settings.Name, role)).GetConnections();
            await (role switch
            {
                Role.FullNode => WakeFullNode(key),
                Role.Farmer => grains.GetGrain<IFarmerGrain>(key).GetStatus(),
                Role.Harvester => grains.GetGrain<IHarvesterGrain>(key).GetStatus(),
                Role.Timelord => grains.GetGrain<ITimelordGrain>(key).GetStatus(),
                _ => Task.CompletedTask,
            });
        }
    }

    private async Task WakeFullNode(string key)
    {
        await grains.GetGrain<ISyncGrain>(key).GetReport();
        await grains.GetGrain<IFullNodeGrain>(key).GetStatus();
    }
}
