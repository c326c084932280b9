using Chia.Protocol.Primitives;
namespace Chia.Storage;

/// <summary>
/// A place where block stores are: a SQLite file, which holds one, or a database that holds those of many nodes side by side (CLUSTER 4).
/// Its stores share its connections, so they are disposed before it.
/// </summary>
/// <remarks>Every call may throw <see cref="Errors.StoreException"/>; the message names the place without secrets.</remarks>
public interface IBlockStores : IAsyncDisposable
{
    /// <summary>The place's name for messages: a path, or an address without user and password.</summary>
    string Location { get; }

    /// <summary>Makes the tables that are needed and not there; changes nothing otherwise.</summary>
    /// <exception cref="Errors.StoreVersionException">They are there, of another version.</exception>
    Task Prepare(CancellationToken cancellationToken = default);

    /// <summary>Opens a node's store for reading and writing; begins it if there is none.</summary>
    /// <param name="node">The node; without meaning where there is one store only.</param>
    /// <param name="identity">Whose chain it must hold.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="Errors.StoreNetworkException">It holds another network's chain.</exception>
    Task<IBlockStore> Open(NodeName node, StoreIdentity identity, CancellationToken cancellationToken = default);

    /// <summary>As <see cref="Open"/> for reading; whoever writes goes on.</summary>
    /// <exception cref="Errors.StoreUnavailableException">There is none.</exception>
    Task<IBlockReader> OpenReader(NodeName node, StoreIdentity identity, CancellationToken cancellationToken = default);

    /// <summary>The stores that are here, with the networks that they name themselves.</summary>
    /// <exception cref="Errors.StoreDamagedException">One does not name its network any more.</exception>
    Task<IReadOnlyList<StoredNode>> GetNodes(CancellationToken cancellationToken = default);
}

/// <summary>A store in its place.</summary>
/// <param name="Node">Whose it is; the default, which names no node, where there is one store only.</param>
/// <param name="Identity">Which chain it holds.</param>
public sealed record StoredNode(NodeName Node, StoreIdentity Identity);
