using Chia.Protocol.Blocks;
using Chia.Storage.Errors;

namespace Chia.Storage.Maintenance;

/// <summary>Whether an index hangs together; reads no block.</summary>
internal static class IndexChecks
{
    /// <summary>Adds a fault for each contradiction.</summary>
    internal static void Run(ChainIndex index, StoreIdentity identity, List<StoreFault> faults)
    {
        var walk = new ChainWalk(index);
        foreach (var record in index.Records)
        {
            if (LinkFault(record, walk, identity) is { } fault)
                faults.Add(fault);
        }

        CheckTips(index, walk, faults);
        CheckHeights(index, walk, faults);
    }

    private static StoreFault? LinkFault(BlockRecord record, ChainWalk walk, StoreIdentity identity)
    {
        StoreFault Fault(StoreFaultKind kind, string detail) => new(kind, record.Height, record.HeaderHash, detail);

        if (record.Height == 0)
        {
            return record.HeaderHash == identity.GenesisHash ? null : Fault(StoreFaultKind.Genesis, $"expected {identity.GenesisHash}");
        }

        if (walk.Find(record.PrevHeaderHash) is not { } parent)
            return Fault(StoreFaultKind.Link, $"its parent {record.PrevHeaderHash} is missing");
        if (parent.Height + 1 != record.Height)
            return Fault(StoreFaultKind.Link, $"its parent has height {parent.Height}");
        if (unchecked(parent.TotalWeight + record.Difficulty) != record.TotalWeight)
            return Fault(
                StoreFaultKind.Link,
                $"weight {record.TotalWeight} is not the parent's {parent.TotalWeight} plus difficulty {record.Difficulty}");
        return record.TotalIterations > parent.TotalIterations
            ? null
            : Fault(StoreFaultKind.Link, $"total iterations {record.TotalIterations} do not exceed the parent's {parent.TotalIterations}");
    }

    private static void CheckTips(ChainIndex index, ChainWalk walk, List<StoreFault> faults)
    {
        if (index.Tips.Count == 0 && index.Records.Count != 0)
            faults.Add(new StoreFault(StoreFaultKind.Tips, null, null, "there are blocks and no tips"));
        for (var i = 0; i < index.Tips.Count; i++)
        {
            if (walk.Find(index.Tips[i]) is null)
                faults.Add(new StoreFault(StoreFaultKind.Tips, null, index.Tips[i], "the tip is not stored"));
            for (var j = 0; j < i; j++)
            {
                if (index.Tips[j] == index.Tips[i])
                    faults.Add(new StoreFault(StoreFaultKind.Tips, null, index.Tips[i], "listed twice"));
            }
        }

        // A block heavier than every tip would have become one (CONSENSUS.md 13.3).
        if (walk.HeaviestTip(index.Tips) is not { } best)
            return;
        foreach (var record in index.Records)
        {
            if (record.TotalWeight > best.TotalWeight)
                faults.Add(
                    new StoreFault(
                    StoreFaultKind.Tips, record.Height, record.HeaderHash,
                    $"heavier than the heaviest tip {best.HeaderHash}, and no tip"));
        }
    }

    private static void CheckHeights(ChainIndex index, ChainWalk walk, List<StoreFault> faults)
    {
        var ancestor = walk.LeastCommonAncestor(index.Tips);
        var chain = ancestor is null ? null : walk.ChainTo(ancestor);
        if (chain is null)
        {
            // Missing tips or links have been reported above; an empty table is right for an empty store only.
            if (index.Tips.Count == 0 && index.Heights.Count != 0)
                faults.Add(
                    new StoreFault(
                    StoreFaultKind.HeightIndex, index.Heights[0].Height, index.Heights[0].HeaderHash, "there are heights and no tips"));
            else if (index.Tips.Count != 0)
                faults.Add(
                    new StoreFault(StoreFaultKind.HeightIndex, null, null, "the tips have no common ancestor that is linked to height 0"));
            return;
        }

        if (index.Heights.Count != chain.Length)
            faults.Add(new StoreFault(StoreFaultKind.HeightIndex, null, null, $"{index.Heights.Count} heights, {chain.Length} expected"));
        for (var i = 0; i < Math.Min(index.Heights.Count, chain.Length); i++)
        {
            var entry = index.Heights[i];
            if (entry.Height == i && entry.HeaderHash == chain[i].HeaderHash)
                continue;
            faults.Add(
                new StoreFault(
                StoreFaultKind.HeightIndex, entry.Height, entry.HeaderHash, $"expected height {i}, block {chain[i].HeaderHash}"));
            return; // One gap shifts everything behind it.
        }
    }
}

/// <summary>Start-up.</summary>
public static class IndexLoading
{
    /// <summary>
    /// The index, after checking that it hangs together: parents, tips, height table (CONSENSUS.md 14: a missing ancestor aborts
    /// start-up). No block is read.
    /// </summary>
    /// <exception cref="StoreDamagedException">It does not hang together.</exception>
    public static async Task<ChainIndex> LoadIndex(this IBlockReader reader, CancellationToken cancellationToken = default)
    {
        var index = await reader.ReadIndex(cancellationToken).ConfigureAwait(false);
        var faults = new List<StoreFault>(index.Faults);
        IndexChecks.Run(index, reader.Identity, faults);
        return faults.Count == 0
            ? index
            : throw new StoreDamagedException(
                reader.Location, faults.Count == 1 ? $"{faults[0]}" : $"{faults[0]}, and {faults.Count - 1} more faults");
    }
}
