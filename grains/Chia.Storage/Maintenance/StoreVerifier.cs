using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Storage.Errors;

namespace Chia.Storage.Maintenance;

/// <summary><c>db verify</c>: reads everything and compares it with everything it should agree with. Changes nothing.</summary>
public static class StoreVerifier
{
    /// <summary>Verifies the store. Whatever is wrong with it becomes a fault; nothing is thrown for damage.</summary>
    /// <param name="store">The store; a running node may go on committing, the index is taken once.</param>
    /// <param name="alsoCheck">What else may be wrong with a block, for people, or null: rules that the store does not know. Called by
    /// several threads at once.</param>
    /// <param name="progress">Told after each batch of blocks.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<VerifyReport> Verify(
        IBlockReader store,
        Func<FullBlock, string?>? alsoCheck = null,
        IProgress<StoreProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var faults = new List<StoreFault>();
        var (medium, isChecked) =
            await Tried(store.CheckMedium, new MediumReport([], []), faults, cancellationToken).ConfigureAwait(false);
        foreach (var complaint in medium.Complaints)
            faults.Add(new StoreFault(StoreFaultKind.Medium, null, null, complaint));
        var (index, isRead) =
            await Tried(store.ReadIndex, new ChainIndex([], [], [], []), faults, cancellationToken).ConfigureAwait(false);
        faults.AddRange(index.Faults);
        IndexChecks.Run(index, store.Identity, faults);

        var records = index.Records;
        faults.AddRange(await BlockScan.Run(store, records, alsoCheck, progress, cancellationToken).ConfigureAwait(false));

        var walk = new ChainWalk(index);
        var heaviest = walk.HeaviestTip(index.Tips) ?? walk.HeaviestBlock();
        return new VerifyReport(
            records.Count + index.Faults.Count(f => f.Kind == StoreFaultKind.RecordUnreadable),
            heaviest?.Height,
            heaviest?.HeaderHash,
            LastGoodHeight(index, store.Identity, faults),
            medium.NotCovered,
            faults)
        { KeepsFromRewind = medium.KeepsFromRewind || !isChecked || !isRead };
    }

    /// <summary>What is read, and whether the medium lets it be read: damage is no refusal.</summary>
    private static async Task<(T Read, bool IsReadable)> Tried<T>(
        Func<CancellationToken, Task<T>> read, T otherwise, List<StoreFault> faults, CancellationToken cancellationToken)
    {
        try
        {
            return (await read(cancellationToken).ConfigureAwait(false), true);
        }
        catch (StoreException error)
        {
            faults.Add(
                new StoreFault(
                StoreFaultKind.Medium, null, null, error is StoreDamagedException damaged ? damaged.Damage : error.Message));
            return (otherwise, error is StoreDamagedException or StoreFormatException);
        }
    }

    /// <summary>
    /// Below the lowest faulty block that a rewind would keep, and not above where the chain is interrupted.
    /// Tips and height table do not count, nor does what is not linked to genesis: a rewind writes the ones anew and drops the other.
    /// </summary>
    private static uint? LastGoodHeight(ChainIndex index, StoreIdentity identity, List<StoreFault> faults)
    {
        var linked = new LinkedBlocks(index, identity);
        var last = linked.Best?.Height;
        foreach (var fault in faults)
        {
            if (fault.Kind is StoreFaultKind.Tips or StoreFaultKind.HeightIndex or StoreFaultKind.RecordUnreadable
                || fault is not { Height: { } height, HeaderHash: { } hash } || !linked.Contains(hash))
            {
                continue;
            }

            if (height == 0)
                return null;
            last = last is { } good && good >= height ? height - 1 : last;
        }

        return last;
    }
}

/// <summary>What <see cref="StoreVerifier"/> found.</summary>
/// <param name="Blocks">Blocks examined, side branches included.</param>
/// <param name="Height">Height of the heaviest tip, or of the heaviest block if the tips are lost; null in an empty store.</param>
/// <param name="Tip">Its header hash.</param>
/// <param name="LastGoodHeight">
/// The greatest height up to which no block that is linked to genesis has a fault: a rewind there leaves a sound store.
/// Null if there is no such height: nothing of the store can be kept (or nothing is stored).
/// </param>
/// <param name="NotCovered">What could not be looked at.</param>
/// <param name="Faults">Everything that is wrong, the index first, then blocks in the order in which they were stored.</param>
public sealed record VerifyReport(
    int Blocks, uint? Height, Bytes32? Tip, uint? LastGoodHeight, IReadOnlyList<string> NotCovered, IReadOnlyList<StoreFault> Faults)
{
    /// <summary>Nothing is wrong.</summary>
    public bool IsSound => Faults.Count == 0;

    /// <summary>Among the faults is one that is not of the chain and that a rewind would meet as well: what opening the store refuses,
    /// where a rewind has to open it, or a medium that gives no answer.</summary>
    public bool KeepsFromRewind { get; init; }
}
