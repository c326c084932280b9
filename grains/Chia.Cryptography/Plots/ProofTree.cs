namespace Chia.Cryptography.Plots;

/// <summary>The 64 values of a proof as the leaves of a tree, folded table by table to f7 (POSPACE.md 5 and 9.2).</summary>
internal static class ProofTree
{
    /// <summary>Folds values that are in proof order.</summary>
    /// <param name="functions">The plot's functions.</param>
    /// <param name="values">64 values.</param>
    /// <param name="f7">The f7 value they lead to.</param>
    /// <returns>False if they do not belong together.</returns>
    public static bool TryFold(in PlotFunctions functions, Span<ulong> values, out ulong f7) =>
        TryFold(functions, values, exchange: false, out f7);

    /// <summary>Puts values that a plot yields into the order in which a proof carries them: at every node the subtree with the smaller y
    /// goes left. In place.</summary>
    /// <param name="functions">The plot's functions.</param>
    /// <param name="values">64 values.</param>
    /// <param name="f7">The f7 value they lead to.</param>
    /// <returns>False if they do not belong together.</returns>
    public static bool TryToProofOrder(in PlotFunctions functions, Span<ulong> values, out ulong f7) =>
        TryFold(functions, values, exchange: true, out f7);

    // From the leaves up, each table in the space of the one below.
    private static bool TryFold(in PlotFunctions functions, Span<ulong> values, bool exchange, out ulong f7)
    {
        Span<ulong> ys = stackalloc ulong[PlotConstants.ProofValues];
        Span<PlotMetadata> metadata = stackalloc PlotMetadata[PlotConstants.ProofValues];
        for (var i = 0; i < values.Length; i++)
        {
            ys[i] = functions.F1(values[i]);
            metadata[i] = functions.MetadataOf(values[i]);
        }

        f7 = 0;
        for (var table = 2; table <= PlotConstants.Tables; table++)
        {
            var pairs = PlotConstants.ProofValues >> (table - 1);
            var leaves = PlotConstants.ProofValues / pairs / 2;
            for (var i = 0; i < pairs; i++)
            {
                int left = 2 * i, right = left + 1;
                if (exchange && ys[right] < ys[left])
                {
                    (left, right) = (right, left);
                    ProofOrder.Exchange(values.Slice(2 * i * leaves, leaves), values.Slice(((2 * i) + 1) * leaves, leaves));
                }

                if (!PlotMatching.Matches(ys[left], ys[right]))
                    return false;
                ys[i] = functions.F(table, ys[left], metadata[left], metadata[right], out var next);
                metadata[i] = next;
            }
        }

        f7 = PlotFunctions.LeadingBits(ys[0]);
        return true;
    }
}
