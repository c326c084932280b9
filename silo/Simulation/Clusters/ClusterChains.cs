using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Silo.Node;
using Chia.Storage;
using Chia.Storage.Maintenance;
using Chia.Storage.Providers;

namespace Chia.Silo.Simulation.Clusters;

/// <summary>
/// Moves the chains of a simulation between files and a database. They are files where its full nodes are hosts of one process, and in
/// a database where they live on a cluster; so a saved simulation can go on as either.
/// </summary>
/// <param name="root">Folder of the simulation; each node's file is in a folder of its name.</param>
/// <param name="network">Their network.</param>
internal sealed class ClusterChains(string root, NetworkDefinition network)
{
    private readonly StoreIdentity _identity = StoreIdentity.Of(network);

    /// <summary>Copies the chains of those nodes that have a file and nothing in the database.</summary>
    public async Task ImportFiles(string database, IEnumerable<NodeName> nodes, CancellationToken cancellation)
    {
        await using var stores = BlockStorePlace.At(database);
        foreach (var node in nodes)
        {
            if (!File.Exists(FileOf(node)) || await stores.Exists(node, cancellation))
                continue;
            await using var file = BlockStorePlace.At(FileOf(node));
            await using var source = await file.OpenReader(default, _identity, cancellation);
            await using var target = await stores.Open(node, _identity, cancellation);
            await StoreCopy.Run(source, target, cancellationToken: cancellation);
        }
    }

    /// <summary>Writes the chain of every node of the network that the database has to its file.</summary>
    public async Task ExportFiles(string database)
    {
        await using var stores = BlockStorePlace.At(database);
        foreach (var (node, _) in (await stores.GetNodes()).Where(node => node.Identity == _identity))
        {
            var file = FileOf(node);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            foreach (var ending in new[] { "", "-wal", "-shm" })
                File.Delete(file + ending);
            await stores.Backup(node, _identity, file);
        }
    }

    private string FileOf(NodeName node) => NodePaths.StoreFile(Path.Combine(root, node.ToString()));
}
