using Chia.Grains.Chain;
using Chia.Grains.Placement;
using Chia.Storage.Errors;

namespace Chia.Silo.Clusters;

/// <summary>A silo is ready when it is active in the membership and reaches its store (CLUSTER 6).</summary>
internal static class SiloHealth
{
    /// <summary>Why it is not ready; null if it is.</summary>
    public static async Task<string?> Fault(IServiceProvider services)
    {
        if (services.GetRequiredService<ISiloStatusOracle>().CurrentStatus is var status and not SiloStatus.Active)
            return $"silo_{status.ToString().ToLowerInvariant()}";
        var self = services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        if (!services.GetRequiredService<SiloRoles>().Has(self, SiloRole.Chain))
            return null;
        try
        {
            var stores = services.GetRequiredService<IBlockStoreProvider>();
            foreach (var node in services.GetRequiredService<ClusterDefinition>().Nodes)
                await (await stores.Get(node.Name, CancellationToken.None)).GetWriter();
            return null;
        }
        catch (StoreException)
        {
            return "store_unreachable";
        }
    }
}
