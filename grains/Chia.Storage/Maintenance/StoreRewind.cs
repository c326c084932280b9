using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Storage.Errors;

namespace Chia.Storage.Maintenance;

/// <summary><c>db rewind</c>: goes back to a height of the main chain. What it keeps is read and checked before anything changes; what it
/// drops may be as damaged as it likes.</summary>
internal static class StoreRewind
{
    /// <summary>As <see cref="Rewind"/>, of a store that is opened for it: taken over from whoever wrote, and closed.</summary>
    public static async Task<RewindResult> OpenAndRewind(
        Task<IBlockStore> opening, uint height, int numberOfHeads, IProgress<StoreProgress>? progress, CancellationToken cancellationToken)
    {
        await using var store = await opening.ConfigureAwait(false);
        var writer = await store.TakeWriter(cancellationToken).ConfigureAwait(false);
        return await Rewind(store, writer, height, numberOfHeads, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Keeps the chain of the heaviest tip up to <paramref name="height"/> and the side branches not above it; drops, in one commit,
    /// everything higher, everything heavier (a heavier side branch would otherwise be stored without being a tip), and what is not linked
    /// to genesis. Tips and height table become what receiving just the remaining main chain would have left (CONSENSUS.md 13.3, 13.4). A
    /// sync under way is forgotten.
    /// </summary>
    /// <param name="store">The store, held for writing.</param>
    /// <param name="writer">The right to change it.</param>
    /// <param name="height">The new greatest height.</param>
    /// <param name="numberOfHeads">NUMBER_OF_HEADS of the network.</param>
    /// <param name="progress">Told how far the check of what stays is.</param>
    /// <param name="cancellationToken">Heeded until the commit begins.</param>
    /// <exception cref="StoreHeightException">The chain does not reach that height, is interrupted below it, or a block that would stay is
    /// damaged; nothing has changed.</exception>
    public static async Task<RewindResult> Rewind(
        IBlockStore store, WriterToken writer, uint height, int numberOfHeads, IProgress<StoreProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var index = await store.ReadIndex(cancellationToken).ConfigureAwait(false);
        var linked = new LinkedBlocks(index, store.Identity);
        var chain = MainChain(index, linked, height, store.Location);
        var last = chain[^1];

        var removed = new List<Bytes32>();
        var kept = new List<BlockRecord>();
        foreach (var record in index.Records)
        {
            if (Stays(record, last, linked))
                kept.Add(record);
            else
                removed.Add(record.HeaderHash);
        }

        var faults = await BlockScan.Run(store, kept, alsoCheck: null, progress, cancellationToken).ConfigureAwait(false);
        if (faults.MinBy(fault => fault.Height) is { Height: { } damaged, HeaderHash: { } block })
            throw Damaged(store.Location, damaged, block);

        foreach (var fault in index.Faults)
        {
            if (fault.HeaderHash is { } hash)
                removed.Add(hash);
        }

        await store.ClearSync(writer, cancellationToken).ConfigureAwait(false);
        await store.Commit(writer, Commit(index, chain, removed, numberOfHeads), cancellationToken).ConfigureAwait(false);
        return new RewindResult(removed.Count, last.Height, last.HeaderHash, last.TotalWeight);
    }

    /// <summary>The error for a block that would stay and cannot.</summary>
    internal static StoreHeightException Damaged(string location, uint height, Bytes32 block) =>
        new($"cannot rewind the store {location} so: block {block} at height {height} is damaged; choose a lower height");

    /// <summary>Whether a rewind to <paramref name="last"/> keeps a block.</summary>
    internal static bool Stays(BlockRecord record, BlockRecord last, LinkedBlocks linked) =>
        record.Height <= last.Height && record.TotalWeight <= last.TotalWeight && linked.Contains(record);

    /// <summary>The chain that stays, indexed by height.</summary>
    internal static BlockRecord[] MainChain(ChainIndex index, LinkedBlocks linked, uint height, string location)
    {
        if (linked.Best is not { } best)
            throw new StoreHeightException(
                $"the store {location} has no block that is linked to genesis: {StoreRemedy.StartOver(location)}");
        if (best.Height < height)
            throw new StoreHeightException(
                $"cannot rewind the store {location} to height {height}: its chain is whole up to height {best.Height} only");
        return new ChainWalk(index).ChainTo(best)![..(int)(height + 1)];
    }

    /// <summary>The change that leaves this chain.</summary>
    internal static ChainCommit Commit(ChainIndex index, BlockRecord[] chain, List<Bytes32> removed, int numberOfHeads)
    {
        var tipCount = Math.Min(numberOfHeads, chain.Length);
        var tips = new Bytes32[tipCount];
        for (var i = 0; i < tipCount; i++)
            tips[i] = chain[chain.Length - tipCount + i].HeaderHash;

        // In order of arrival until there were more than NUMBER_OF_HEADS, heaviest first from then on.
        if (chain.Length > numberOfHeads)
            Array.Reverse(tips);

        var wanted = chain.Length - tipCount + 1; // Heights 0 … LCA: the lowest tip, on a chain without branches.
        var stored = new Dictionary<uint, Bytes32>();
        foreach (var (height, hash) in index.Heights)
            stored[height] = hash;
        var set = new List<HeightEntry>();
        for (var height = 0u; height < wanted; height++)
        {
            if (!stored.Remove(height, out var hash) || hash != chain[height].HeaderHash)
                set.Add(new HeightEntry(height, chain[height].HeaderHash));
        }

        return new ChainCommit { BlocksRemoved = removed, Tips = tips, HeightsRemoved = [.. stored.Keys], HeightsSet = set };
    }
}

/// <summary>What a rewind left.</summary>
/// <param name="Removed">Blocks dropped, side branches included.</param>
/// <param name="Height">Height of the heaviest tip now.</param>
/// <param name="Tip">Its header hash.</param>
/// <param name="Weight">Its total weight.</param>
public sealed record RewindResult(int Removed, uint Height, Bytes32 Tip, ulong Weight)
{
    /// <summary>Where the damaged store lies now, if a new one was made of what is good in it; null if it was mended in place.</summary>
    public string? KeptAside { get; init; }
}
