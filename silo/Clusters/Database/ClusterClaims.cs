using System.Text;
using Chia.Protocol.Primitives;
using Chia.Silo.Clusters.Definition;
using Chia.Storage;
using Chia.Storage.Errors;
using Chia.Storage.Providers;

namespace Chia.Silo.Clusters.Database;

/// <summary>
/// Notes in the block store which cluster a node's blocks belong to. Two clusters on one database that both have a node <c>main</c>
/// would take the chain from each other over and over: nothing would be lost, and nothing would work.
/// </summary>
internal static class ClusterClaims
{
    private const string Checkpoint = "cluster";

    /// <summary>
    /// Claims the blocks of the cluster's nodes for this cluster. A store that is away just now is claimed at the next start.
    /// </summary>
    /// <exception cref="UserException">Another cluster has them, and runs.</exception>
    /// <exception cref="StoreException">The block store can never be used: it is of another version, or holds another network's
    /// chain.</exception>
    public static async Task Take(ClusterDefinition cluster, CancellationToken cancellation)
    {
        await using var place = BlockStorePlace.At(cluster.BlockStore);
        try
        {
            foreach (var node in cluster.Nodes)
            {
                await using var store = await place.Open(node.Name, StoreIdentity.Of(cluster.Network), cancellation);
                await Take(cluster, node.Name, store, cancellation);
            }
        }
        catch (StoreUnavailableException)
        {
            // The silo starts, and its health says so.
        }
    }

    private static async Task Take(ClusterDefinition cluster, NodeName node, IBlockStore store, CancellationToken cancellation)
    {
        var holder = await store.GetCheckpoint(Checkpoint, cancellation) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
        if (holder == cluster.Id)
            return;
        if (holder is not null && await ClusterSchema.Runs(cluster, holder, cancellation))
        {
            throw new UserException(
                $"the blocks of node {node} in {store.Location} are those of cluster {holder}, which runs: give the node of cluster "
                + $"{cluster.Id} another name, or the cluster a block_store of its own");
        }

        try
        {
            await store.SetCheckpoint(await store.GetWriter(cancellation), Checkpoint, Encoding.UTF8.GetBytes(cluster.Id), cancellation);
        }
        catch (StaleWriterException)
        {
            // A chain came to life just now, and so another silo of ours has claimed them, or the next start does.
        }
    }
}
