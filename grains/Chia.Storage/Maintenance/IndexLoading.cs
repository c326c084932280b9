using Chia.Storage.Errors;

namespace Chia.Storage.Maintenance;

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
