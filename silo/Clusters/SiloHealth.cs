using Chia.Grains.Chain;
using Chia.Grains.Placement;
using Chia.Silo.Clusters.Definition;
using Chia.Storage.Errors;

namespace Chia.Silo.Clusters;

/// <summary>A silo is ready when it is active in the membership and reaches its store (CLUSTER 6).</summary>
internal static class SiloHealth
{
    /// <summary>A store that does not answer within this is not reached: probes wait a few seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Why it is not ready; null if it is.</summary>
    public static async Task<string?> Fault(IServiceProvider services)
    {
        if (services.GetRequiredService<ISiloStatusOracle>().CurrentStatus is var status and not SiloStatus.Active)
            return $"silo_{status.ToString().ToLowerInvariant()}";
        var self = services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        if (!services.GetRequiredService<SiloRoles>().Has(self, SiloRole.Chain))
            return null;
        var time = services.GetRequiredService<TimeProvider>();
        using var deadline = new CancellationTokenSource(Patience, time);
        try
        {
            await Ask(services, deadline.Token).WaitAsync(Patience, time);
            return null;
        }
        catch (Exception error) when (error is StoreException or TimeoutException or OperationCanceledException)
        {
            return "store_unreachable";
        }
    }

    private static async Task Ask(IServiceProvider services, CancellationToken cancellation)
    {
        var stores = services.GetRequiredService<IBlockStoreProvider>();
        foreach (var node in services.GetRequiredService<ClusterDefinition>().Nodes)
            await (await stores.Get(node.Name, cancellation)).GetWriter(cancellation);
    }
}
