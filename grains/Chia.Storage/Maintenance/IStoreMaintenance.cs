using Chia.Protocol.Primitives;
namespace Chia.Storage.Maintenance;

/// <summary>What a person does with the stores of a place: one set of commands for every provider (CLUSTER 4).</summary>
/// <remarks>Every call may throw <see cref="Errors.StoreException"/>.</remarks>
public interface IStoreMaintenance : IBlockStores
{
    /// <summary>
    /// A reader of what is there, be it damaged as it may: nothing is looked at yet, and what is wrong is said by
    /// <see cref="IBlockReader.CheckMedium"/> and among the faults of <see cref="IBlockReader.ReadIndex"/>.
    /// </summary>
    IBlockReader OpenDamaged(NodeName node, StoreIdentity identity);

    /// <summary>Whether there is something that should be the node's store, damaged or not.</summary>
    Task<bool> Exists(NodeName node, CancellationToken cancellationToken = default);

    /// <summary>Goes back to a height; see <see cref="StoreRewind.Rewind"/>.</summary>
    /// <exception cref="Errors.StoreHeightException">The chain is not whole up to that height.</exception>
    Task<RewindResult> Rewind(
        NodeName node, StoreIdentity identity, uint height, int numberOfHeads, IProgress<StoreProgress>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>Copies a store, of a running node too, to a SQLite file that is made: a whole commit, and a store itself.</summary>
    /// <returns>Bytes of the copy.</returns>
    /// <exception cref="Errors.StoreUnavailableException">The copy cannot be written, or is there already.</exception>
    Task<long> Backup(
        NodeName node, StoreIdentity identity, string file, IProgress<StoreProgress>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>How much room a node's store takes.</summary>
    Task<StoreSize> GetSize(NodeName node, CancellationToken cancellationToken = default);

    /// <summary>Deletes a store, for one that was begun by mistake.</summary>
    Task Remove(NodeName node, CancellationToken cancellationToken = default);
}

/// <summary>Room that a store takes.</summary>
/// <param name="Bytes">Bytes of the store itself.</param>
/// <param name="LogBytes">Bytes of commits that wait beside it; 0 where the medium keeps no such log by store.</param>
public readonly record struct StoreSize(long Bytes, long LogBytes);
