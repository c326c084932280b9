using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Storage.Errors;

namespace Chia.Storage.Maintenance;

/// <summary><c>db verify</c>: reads everything and compares it with everything it should agree with. Changes nothing.</summary>
public static class StoreVerifier
{
    /// <summary>Blocks read in one call; about 2 kB each.</summary>
    private const int Batch = 64;

    /// <summary>Verifies the store.</summary>
    /// <param name="store">The store; a running node may go on committing, the index is taken once.</param>
    /// <param name="alsoCheck">What else may be wrong with a block, for people, or null: rules that the store does not know. Called in turn.</param>
    /// <param name="progress">Told after each batch of blocks.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StoreDamagedException">The medium is so damaged that the index cannot be read at all.</exception>
    public static async Task<VerifyReport> Verify(
        IBlockReader store,
        Func<FullBlock, string?>? alsoCheck = null,
        IProgress<VerifyProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var faults = new List<StoreFault>();
        foreach (var complaint in await store.CheckMedium(cancellationToken).ConfigureAwait(false))
            faults.Add(new StoreFault(StoreFaultKind.Medium, null, null, complaint));
        var index = await store.ReadIndex(cancellationToken).ConfigureAwait(false);
        faults.AddRange(index.Faults);
        IndexChecks.Run(index, store.Identity, faults);

        var records = index.Records;
        for (var start = 0; start < records.Count; start += Batch)
        {
            var count = Math.Min(Batch, records.Count - start);
            await CheckBlocks(store, alsoCheck, records, start, count, faults, cancellationToken).ConfigureAwait(false);
            progress?.Report(new VerifyProgress(start + count, records.Count));
        }

        var walk = new ChainWalk(index);
        var heaviest = walk.HeaviestTip(index.Tips) ?? walk.HeaviestBlock();
        return new VerifyReport(records.Count + index.Faults.Count, heaviest?.Height, heaviest?.HeaderHash, LastGoodHeight(index, store.Identity, faults), faults);
    }

    private static async Task CheckBlocks(
        IBlockReader store,
        Func<FullBlock, string?>? alsoCheck,
        IReadOnlyList<BlockRecord> records,
        int start,
        int count,
        List<StoreFault> faults,
        CancellationToken cancellationToken)
    {
        var hashes = new Bytes32[count];
        for (var i = 0; i < count; i++)
            hashes[i] = records[start + i].HeaderHash;
        IReadOnlyList<byte[]?> blocks;
        try
        {
            blocks = await store.GetBlocks(hashes, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreDamagedException) when (count > 1)
        {
            // One bad block fails its batch: find out which.
            for (var i = 0; i < count; i++)
                await CheckBlocks(store, alsoCheck, records, start + i, 1, faults, cancellationToken).ConfigureAwait(false);
            return;
        }
        catch (StoreDamagedException)
        {
            blocks = [null];
        }

        for (var i = 0; i < count; i++)
        {
            var record = records[start + i];
            var fault = blocks[i] is { } bytes
                ? BlockChecks.Run(record, bytes, alsoCheck)
                : new StoreFault(StoreFaultKind.BlockUnreadable, record.Height, record.HeaderHash, "the bytes are missing or fail their checksum");
            if (fault is not null)
                faults.Add(fault);
        }
    }

    /// <summary>Below the lowest faulty block, and not above where the chain is interrupted. Tips and height table do not count: a rewind writes them anew.</summary>
    private static uint? LastGoodHeight(ChainIndex index, StoreIdentity identity, List<StoreFault> faults)
    {
        var last = new LinkedBlocks(index, identity).Best?.Height;
        foreach (var fault in faults)
        {
            if (fault.Kind is StoreFaultKind.Tips or StoreFaultKind.HeightIndex || fault.Height is not { } height)
                continue;
            if (height == 0)
                return null;
            last = last is { } good && good >= height ? height - 1 : last;
        }

        return last;
    }
}
