using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;
using Chia.Storage.Errors;

namespace Chia.Storage.Maintenance;

/// <summary>The blocks of one store in another, of whatever providers.</summary>
public static class StoreCopy
{
    /// <summary>Blocks copied in one commit: one flush for about 1 MB.</summary>
    private const int Batch = 512;

    /// <summary>
    /// Copies all blocks, tips and heights to a store that has none. The index is one moment's; blocks are found by their hashes, and only
    /// a rewind or a switch of variants changes one that is stored.
    /// </summary>
    /// <returns>Blocks copied.</returns>
    /// <exception cref="StoreDamagedException">A block cannot be copied.</exception>
    public static async Task<int> Run(
        IBlockReader source, IBlockStore target, IProgress<StoreProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var index = await source.LoadIndex(cancellationToken).ConfigureAwait(false);
        await Run(
            source,
            index.Records,
            new ChainCommit { Tips = index.Tips, HeightsSet = index.Heights },
            target,
            record => new StoreDamagedException(
                source.Location,
                $"block {record.HeaderHash} at height {record.Height} cannot be copied; if the chain was rewound meanwhile, begin again"),
            progress,
            cancellationToken).ConfigureAwait(false);
        return index.Records.Count;
    }

    /// <summary>Copies some blocks.</summary>
    /// <param name="source">Where the blocks are; each is looked at (<see cref="BlockChecks"/>) before it is copied.</param>
    /// <param name="records">Which of them, parents first.</param>
    /// <param name="tips">The last commit: tips and height table.</param>
    /// <param name="target">A store that has none.</param>
    /// <param name="damaged">The error for a block that cannot be copied.</param>
    /// <param name="progress">Told after each commit.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    internal static async Task Run(
        IBlockReader source,
        IReadOnlyList<BlockRecord> records,
        ChainCommit tips,
        IBlockStore target,
        Func<BlockRecord, StoreException> damaged,
        IProgress<StoreProgress>? progress,
        CancellationToken cancellationToken)
    {
        var writer = await target.TakeWriter(cancellationToken).ConfigureAwait(false);
        var done = 0;
        foreach (var batch in records.Chunk(Batch))
        {
            var blocks = await Read(source, batch, damaged, cancellationToken).ConfigureAwait(false);
            await target.Commit(writer, new ChainCommit { BlocksAdded = blocks, Tips = [] }, cancellationToken).ConfigureAwait(false);
            done += batch.Length;
            progress?.Report(new StoreProgress(done, records.Count));
        }

        await target.Commit(writer, tips, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<List<StoredBlock>> Read(
        IBlockReader source, BlockRecord[] records, Func<BlockRecord, StoreException> damaged, CancellationToken cancellationToken)
    {
        var blocks = new List<StoredBlock>(records.Length);
        var bytes = await ReadBytes(source, records, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < records.Length; i++)
        {
            if (bytes[i] is not { } block || BlockChecks.Run(records[i], block) is not null)
                throw damaged(records[i]);
            blocks.Add(StoredBlock.Create(StreamableExtensions.Decode<FullBlock>(block), records[i]));
        }

        return blocks;
    }

    /// <summary>All at once; one that is damaged fails them all, and then they are read one by one.</summary>
    private static async Task<IReadOnlyList<byte[]?>> ReadBytes(
        IBlockReader source, BlockRecord[] records, CancellationToken cancellationToken)
    {
        try
        {
            return await source.GetBlocks([.. records.Select(r => r.HeaderHash)], cancellationToken).ConfigureAwait(false);
        }
        catch (StoreDamagedException)
        {
            var bytes = new byte[]?[records.Length];
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = await ReadOne(source, records[i], cancellationToken).ConfigureAwait(false);
            return bytes;
        }
    }

    private static async Task<byte[]?> ReadOne(IBlockReader source, BlockRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return await source.GetBlock(record.HeaderHash, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            return null;
        }
    }
}
