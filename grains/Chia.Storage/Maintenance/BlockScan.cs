using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Storage.Errors;

namespace Chia.Storage.Maintenance;

/// <summary>Reads stored blocks and compares each with its record (<see cref="BlockChecks"/>): a batch is read while those before it are
/// checked on all cores.</summary>
internal static class BlockScan
{
    /// <summary>Blocks read in one call; about 2 kB each.</summary>
    private const int Batch = 64;

    /// <summary>Reads and checks blocks; damage becomes a fault, and nothing is thrown for it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="records">Which blocks.</param>
    /// <param name="alsoCheck">What else may be wrong with a block, for people, or null. Called by several threads at once.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The faults, in the order of the records.</returns>
    internal static async Task<List<StoreFault>> Run(
        IBlockReader store,
        IReadOnlyList<BlockRecord> records,
        Func<FullBlock, string?>? alsoCheck,
        IProgress<StoreProgress>? progress,
        CancellationToken cancellationToken)
    {
        var faults = new List<StoreFault>();
        var open = new Queue<(int End, Task<List<StoreFault>> Check)>();
        for (var start = 0; start < records.Count; start += Batch)
        {
            var slice = new Slice(records, start, Math.Min(Batch, records.Count - start));
            var read = await Read(store, slice, cancellationToken).ConfigureAwait(false);
            open.Enqueue((start + slice.Count, Task.Run(() => Check(slice, read, alsoCheck), cancellationToken)));
            if (open.Count > Environment.ProcessorCount)
                await Take().ConfigureAwait(false);
        }

        while (open.Count > 0)
            await Take().ConfigureAwait(false);
        return faults;

        async Task Take()
        {
            var (end, check) = open.Dequeue();
            faults.AddRange(await check.ConfigureAwait(false));
            progress?.Report(new StoreProgress(end, records.Count));
        }
    }

    /// <summary>Blocks and header blocks as the store gives them; null where it gives none.</summary>
    private static async Task<(IReadOnlyList<byte[]?> Blocks, IReadOnlyList<byte[]?> Headers)> Read(
        IBlockReader store, Slice slice, CancellationToken cancellationToken)
    {
        var hashes = slice.Hashes();
        try
        {
            return (
                await store.GetBlocks(hashes, cancellationToken).ConfigureAwait(false),
                await store.GetHeaderBlocks(hashes, cancellationToken).ConfigureAwait(false));
        }
        catch (StoreException) when (slice.Count > 1)
        {
            // One bad block fails its batch: find out which.
            var (blocks, headers) = (new byte[]?[slice.Count], new byte[]?[slice.Count]);
            for (var i = 0; i < slice.Count; i++)
            {
                var (block, header) = await Read(store, slice.Single(i), cancellationToken).ConfigureAwait(false);
                (blocks[i], headers[i]) = (block[0], header[0]);
            }

            return (blocks, headers);
        }
        catch (StoreException)
        {
            return ([null], [null]);
        }
    }

    private static List<StoreFault> Check(
        Slice slice, (IReadOnlyList<byte[]?> Blocks, IReadOnlyList<byte[]?> Headers) read, Func<FullBlock, string?>? alsoCheck)
    {
        var faults = new List<StoreFault>();
        for (var i = 0; i < slice.Count; i++)
        {
            var record = slice.At(i);
            var fault = read.Blocks[i] is { } bytes
                ? BlockChecks.Run(record, bytes, read.Headers[i], alsoCheck)
                : new StoreFault(
                    StoreFaultKind.BlockUnreadable, record.Height, record.HeaderHash, "the bytes are missing or fail their checksum");
            if (fault is not null)
                faults.Add(fault);
        }

        return faults;
    }

    /// <summary>Some of the records.</summary>
    private readonly record struct Slice(IReadOnlyList<BlockRecord> Records, int Start, int Count)
    {
        internal BlockRecord At(int i) => Records[Start + i];

        internal Slice Single(int i) => new(Records, Start + i, 1);

        internal Bytes32[] Hashes()
        {
            var hashes = new Bytes32[Count];
            for (var i = 0; i < hashes.Length; i++)
                hashes[i] = At(i).HeaderHash;
            return hashes;
        }
    }
}
