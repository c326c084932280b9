using Chia.Consensus.Chain;

namespace Chia.Consensus.Queries;

/// <summary>
/// Curves over the chain, thinned where they are read: a sample stands for as many blocks as it must. What it says of them is the
/// difference of two sums that blocks carry, so that a curve costs its samples and the epochs that it passes, not its blocks.
/// </summary>
public static class ChainSeries
{
    /// <summary>Samples of the chain between two heights, lowest first; at most so many. The last one may stand for fewer
    /// blocks.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="from">First height; genesis, which took no time, is never sampled.</param>
    /// <param name="to">Last height; may be above the tip.</param>
    /// <param name="most">Most samples, at least 1.</param>
    public static IReadOnlyList<ChainSample> Of(ChainState chain, uint from, uint to, int most)
    {
        if (chain.HeaviestTip is not { } tip)
            return [];
        from = Math.Max(from, 1);
        to = Math.Min(to, tip.Height);
        if (from > to)
            return [];
        var step = (uint)((to - from + (ulong)most) / (ulong)most);
        var samples = new List<ChainSample>();
        for (ulong first = from; first <= to; first += step)
            samples.Add(Sample(chain, (uint)first, (uint)Math.Min(first + step - 1, to)));
        return samples;
    }

    /// <summary>The newest blocks of the chain as one sample; null while there is no block but genesis.</summary>
    public static ChainSample? Newest(ChainState chain, uint window) =>
        chain.HeaviestTip is { Height: > 0 } tip ? Sample(chain, tip.Height - Math.Min(window, tip.Height) + 1, tip.Height) : null;

    private static ChainSample Sample(ChainState chain, uint first, uint last)
    {
        var before = chain.Index[ChainView.OnChainAt(chain, first - 1)];
        var end = chain.Index[ChainView.OnChainAt(chain, last)];
        var work = (double)(end.TotalWeight - before.TotalWeight);
        var variable = end.TotalIterations - before.TotalIterations - MinimalIterations(chain, first, last);
        return new ChainSample(
            last,
            end.Timestamp,
            (int)(last - first + 1),
            (double)end.Timestamp - before.Timestamp,
            end.Difficulty,
            end.IterationsPerSecond,
            end.TotalWeight,
            work,
            variable);
    }

    /// <summary>What the minimal block time costs some neighbouring blocks. The speed changes at one height of an epoch only
    /// (CONSENSUS.md 10).</summary>
    private static double MinimalIterations(ChainState chain, uint first, uint last)
    {
        var (epoch, delay) = (chain.Constants.DifficultyEpoch, chain.Constants.DifficultyDelay);
        double sum = 0;
        for (ulong from = first, to; from <= last; from = to + 1)
        {
            // The last height with the speed of the first.
            to = Math.Min(from + epoch - 1 - ((from + epoch - (delay % epoch)) % epoch), last);
            sum += (double)chain.Index[ChainView.OnChainAt(chain, (uint)to)].IterationsPerSecond * (to - from + 1);
        }

        return sum * chain.Constants.MinBlockTime;
    }
}

/// <summary>Some neighbouring blocks of the chain as one point of a curve.</summary>
/// <param name="Height">Height of the last of them.</param>
/// <param name="Timestamp">Its timestamp, Unix time in seconds.</param>
/// <param name="Blocks">How many there are.</param>
/// <param name="Seconds">Between the timestamp before the first of them and that of the last.</param>
/// <param name="Difficulty">Difficulty of the last.</param>
/// <param name="IterationsPerSecond">ips in force for the last.</param>
/// <param name="Weight">Total weight of the last.</param>
/// <param name="Work">Sum of their difficulties.</param>
/// <param name="VariableIterations">Sum of their iterations without those of the minimal block time (CONSENSUS.md 7).</param>
public sealed record ChainSample(
    uint Height,
    ulong Timestamp,
    int Blocks,
    double Seconds,
    ulong Difficulty,
    ulong IterationsPerSecond,
    ulong Weight,
    double Work,
    double VariableIterations);
