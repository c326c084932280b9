using System.Runtime.CompilerServices;
using Chia.Protocol.Blocks;
using Chia.Storage.Errors;

namespace Chia.Storage.Maintenance;

/// <summary>Which blocks an export takes, in which order: one answer for every format.</summary>
internal static class BlockExport
{
    /// <summary>Blocks read in one call; about 2 kB each.</summary>
    private const int Batch = 64;

    /// <summary>Reads the blocks of a range, lowest height first, parents before children.</summary>
    /// <exception cref="StoreHeightException">The chain does not have these heights.</exception>
    /// <exception cref="StoreDamagedException">The store does not hang together, or a block is damaged.</exception>
    internal static async IAsyncEnumerable<IReadOnlyList<ExportedBlock>> Read(
        IBlockReader store, ExportRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var index = await store.LoadIndex(cancellationToken).ConfigureAwait(false);
        var walk = new ChainWalk(index);
        var tip = walk.HeaviestTip(index.Tips) ?? throw new StoreHeightException($"the store {store.Location} is empty");
        var top = range.AllBranches ? index.Records.Max(r => r.Height) : tip.Height;
        var last = range.To ?? top;
        if (last > top || range.From > last)
            throw new StoreHeightException(
                $"cannot export heights {range.From} to {last}: the store {store.Location} has heights 0 to {top}");
        var chain = walk.ChainTo(tip)!; // LoadIndex has seen to it that there is one.
        var wanted = range.AllBranches
            ? index.Records.Where(r => r.Height >= range.From && r.Height <= last).OrderBy(r => r.Height)
            : chain[(int)range.From..((int)last + 1)].AsEnumerable();
        foreach (var records in wanted.Chunk(Batch))
        {
            var blocks = await store.GetBlocks([.. records.Select(r => r.HeaderHash)], cancellationToken).ConfigureAwait(false);
            yield return
            [
                .. records.Select((record, i) => new ExportedBlock(
                    record,
                    blocks[i] ?? throw new StoreDamagedException(store.Location, $"block {record.HeaderHash} is missing"),
                    record.Height < chain.Length && chain[record.Height].HeaderHash == record.HeaderHash)),
            ];
        }
    }
}

/// <summary>Which blocks an export takes.</summary>
/// <param name="From">First height; 0 is genesis.</param>
/// <param name="To">Last height; null is the greatest.</param>
/// <param name="AllBranches">False: the chain of the heaviest tip only. True: every stored block.</param>
public sealed record ExportRange(uint From = 0, uint? To = null, bool AllBranches = false);

/// <summary>A block on its way out.</summary>
internal sealed record ExportedBlock(BlockRecord Record, byte[] Bytes, bool IsOnChain);
