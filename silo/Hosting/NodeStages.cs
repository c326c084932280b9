using Chia.GrainInterfaces;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Clusters;
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
    /// <summary>How often a grain is asked at the start: for a minute in all, <see cref="AnswerTime.Memory"/> each time.</summary>
    internal const int MostTries = 12;

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
        services.GetRequiredService<StatusReader>().Begin(await Answered(chain.GetSnapshot));
    }

    private async Task WakeRoles(CancellationToken cancellation)
    {
        var key = NodeKey.Of(settings.Name);
        foreach (var role in settings.Roles.Select(r => r.Role))
        {
            await Answered(() => grains.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(settings.Name, role)).GetConnections());
            await (role switch
            {
                Role.FullNode => WakeFullNode(key),
                Role.Farmer => Answered(grains.GetGrain<IFarmerGrain>(key).GetStatus),
                Role.Harvester => Answered(grains.GetGrain<IHarvesterGrain>(key).GetStatus),
                Role.Timelord => Answered(grains.GetGrain<ITimelordGrain>(key).GetStatus),
                _ => Task.CompletedTask,
            });
        }
    }

    private async Task WakeFullNode(string key)
    {
        await Answered(grains.GetGrain<ISyncGrain>(key).GetReport);
        await Answered(grains.GetGrain<IFullNodeGrain>(key).GetStatus);
    }

    /// <summary>
    /// Asks again what was not answered in time. While everything begins at once on a machine that is busy, a grain may take longer than
    /// an answer may later, or find that another does; it is on its way all the same, and a question changes nothing. What it failed with
    /// is thrown when nothing was answered <see cref="MostTries"/> times.
    /// </summary>
    internal static async Task<T> Answered<T>(Func<Task<T>> question)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await question();
            }
            catch (Exception error) when (CallFaults.GoesBy(error) && tries < MostTries)
            {
                // It has not begun yet.
            }
        }
    }
}
