using Chia.Silo.Api.Shapes;

namespace Chia.Silo.Api.Answers;

/// <summary>
/// Compares the blocks that a farm won, of the newest ones, with what its share of the space lets expect (OPERATIONS 6). Each block is
/// won with the probability of that share, so the number won is distributed binomially. Pure.
/// </summary>
internal static class FarmLuck
{
    /// <summary>Most points of the curve: as many as fit a telephone's screen.</summary>
    private const int MostPoints = 100;

    private const double Tail = 0.025;

    /// <param name="blocks">Blocks of the chain, lowest first: height, and whether the farm won it.</param>
    /// <param name="share">Of the network's space, from 0 to 1.</param>
    public static FarmLuckView? Of(IReadOnlyList<(uint Height, bool IsOurs)> blocks, double share)
    {
        if (blocks.Count == 0)
            return null;
        var won = 0;
        var points = new List<LuckPoint>();
        for (var i = 1; i <= blocks.Count; i++)
        {
            won += blocks[i - 1].IsOurs ? 1 : 0;
            if (i == blocks.Count || i * MostPoints / blocks.Count > (i - 1) * MostPoints / blocks.Count)
                points.Add(Point(blocks[i - 1].Height, won, i, share));
        }

        var end = points[^1];
        var last = blocks.LastOrDefault(block => block.IsOurs);
        return new FarmLuckView(blocks[0].Height, blocks.Count, won, end.Expected, end.Low, end.High, points)
        {
            Luck = end.Expected > 0 ? won / end.Expected : null,
            LastWon = last.IsOurs ? last.Height : null,
        };
    }

    /// <summary>The quantile: the smallest number such that at least this part of the distribution is not above it.</summary>
    /// <param name="tries">0 to 1,000: beyond, the first terms are too small for a double.</param>
    /// <param name="probability">0 to 1.</param>
    /// <param name="part">Above 0 and below 1.</param>
    public static int Quantile(int tries, double probability, double part)
    {
        // Counted from the likelier side the first term would vanish.
        if (probability > 0.5)
            return tries - QuantileAbove(tries, 1 - probability, 1 - part);
        var (term, sum, k) = (Math.Pow(1 - probability, tries), 0.0, 0);
        for (; k < tries; k++)
        {
            sum += term;
            if (sum >= part)
                break;
            term *= (tries - k) / (k + 1.0) * probability / (1 - probability);
        }

        return k;
    }

    /// <summary>The greatest number with less than so much of the distribution below it: the quantile of its mirror.</summary>
    private static int QuantileAbove(int tries, double probability, double part)
    {
        var (term, below, k) = (Math.Pow(1 - probability, tries), 0.0, 0);
        while (k < tries && below + term <= part)
        {
            below += term;
            term *= (tries - k) / (k + 1.0) * probability / (1 - probability);
            k++;
        }

        return k;
    }

    private static LuckPoint Point(uint height, int won, int tries, double share) =>
        new(height, won, tries * share, Quantile(tries, share, Tail), Quantile(tries, share, 1 - Tail));
}
