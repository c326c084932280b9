using Chia.GrainInterfaces.Chain;

namespace Chia.Silo.Simulation.Checks;

/// <summary>Checks that full nodes keep the blocks that they said they have, whatever happens to them, and agree on one chain.</summary>
internal sealed class AcknowledgedBlocks(IReadOnlyList<ISimulatedChain> chains, TimeProvider time)
{
    /// <summary>
    /// How long to wait. Blocks come about every ten seconds; a dead silo is found, and its chain loaded again, in less.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>The tips of each node; an empty list for a node that does not answer.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<TipInfo>>> Read() => await Task.WhenAll(chains.Select(chain => chain.GetTips()));

    /// <summary>
    /// Waits until every node has the blocks that it had, and all have the same block at the greatest height that one of them had.
    /// Returns what did not come true in time; null if all is well.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was stopped before it knew.</exception>
    public async Task<string?> FindLoss(IReadOnlyList<IReadOnlyList<TipInfo>> had, CancellationToken stopping)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var fault = await FindMissing(had) ?? await FindDisagreement(had);
            if (fault is null || time.GetElapsedTime(began) >= Patience)
                return fault;
            await Task.Delay(Look, time, stopping);
        }
    }

    private async Task<string?> FindMissing(IReadOnlyList<IReadOnlyList<TipInfo>> had)
    {
        foreach (var (chain, tips) in chains.Zip(had))
        {
            foreach (var tip in tips)
            {
                if (!await chain.Has(tip.HeaderHash))
                    return $"{chain.Name} no longer has block {tip.HeaderHash} of height {tip.Height}, or does not answer";
            }
        }

        return null;
    }

    private async Task<string?> FindDisagreement(IReadOnlyList<IReadOnlyList<TipInfo>> had)
    {
        var height = had.SelectMany(tips => tips).Select(tip => tip.Height).DefaultIfEmpty().Max();
        var blocks = await Task.WhenAll(chains.Select(chain => chain.BlockAt(height)));
        return blocks.All(block => block is not null && block == blocks[0]) ? null : $"the nodes have no common block at height {height}";
    }
}
