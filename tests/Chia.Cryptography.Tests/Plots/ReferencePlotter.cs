using Chia.Cryptography.Plots;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Tests.Plots;

/// <summary>
/// The slow twin of the plotter: POSPACE.md 8.1 with whole tables in lists, sorted by the full key, matched by trying every pair of
/// neighbouring buckets. Takes the f functions as given: they have a twin of their own.
/// </summary>
internal sealed class ReferencePlotter
{
    private sealed record Entry(ulong Y, int Left, int Offset, PlotMetadata Metadata);

    public ReferencePlotter(Bytes32 plotId, int k)
    {
        var functions = new PlotFunctions(plotId, k);
        var tables = new List<List<Entry>>
        {
            Enumerable.Range(0, 1 << k).OrderBy(x => functions.F1((ulong)x)).ThenBy(x => x)
                .Select(x => new Entry(functions.F1((ulong)x), x, 0, functions.MetadataOf((ulong)x))).ToList(),
        };
        for (var t = 2; t <= 7; t++)
        {
            var next = Match(functions, t, tables[^1]);
            tables.Add(t < 7
                ? [.. next.OrderBy(e => e.Y).ThenBy(e => e.Left).ThenBy(e => e.Offset)]
                : [.. next.Select(e => e with { Y = PlotFunctions.LeadingBits(e.Y) })]);
        }

        // Survivors; their positions keep their order, so the old ones serve as keys.
        var used = tables.Select(t => new bool[t.Count]).ToList();
        Array.Fill(used[6], true);
        for (var t = 6; t >= 1; t--)
        {
            foreach (var entry in tables[t].Where((_, i) => used[t][i]))
                used[t - 1][entry.Left] = used[t - 1][entry.Left + entry.Offset] = true;
        }

        var values = tables[0].Select(e => (ulong)e.Left).ToArray();
        for (var t = 1; t <= 6; t++)
        {
            var points = tables[t].Select((e, i) => (Entry: e, Place: i)).Where(e => used[t][e.Place])
                .Select(
                    e => (Point: LinePoint.Encode(values[e.Entry.Left], values[e.Entry.Left + e.Entry.Offset]), Key: t < 6
                    ? (ulong)e.Place
                    : e.Entry.Y, e.Place))
                .OrderBy(e => e.Point).ThenBy(e => e.Key).ToList();
            LinePoints.Add([.. points.Select(p => p.Point)]);
            values = new ulong[tables[t].Count];
            for (var i = 0; i < points.Count; i++)
                values[points[i].Place] = (ulong)i;
        }

        Last = [.. tables[6].Select((e, i) => (e.Y, values[i])).Order()];
    }

    /// <summary>P1 … P6.</summary>
    public List<List<UInt128>> LinePoints { get; } = [];

    /// <summary>(f7, index in P6), the order of P7.</summary>
    public List<(ulong F7, ulong Index)> Last { get; }

    private static List<Entry> Match(PlotFunctions functions, int table, List<Entry> below)
    {
        var buckets = below.Select((e, i) => (Entry: e, Place: i)).GroupBy(e => e.Entry.Y / PlotConstants.BucketSize)
            .ToDictionary(g => g.Key, g => g.ToList());
        var result = new List<Entry>();
        foreach (var (number, left) in buckets.OrderBy(b => b.Key))
        {
            if (!buckets.TryGetValue(number + 1, out var right))
                continue;
            foreach (var l in left)
            {
                foreach (var r in right)
                {
                    if (!PlotMatching.Matches(l.Entry.Y, r.Entry.Y))
                        continue;
                    var y = functions.F(table, l.Entry.Y, l.Entry.Metadata, r.Entry.Metadata, out var metadata);
                    result.Add(new Entry(y, l.Place, r.Place - l.Place, metadata));
                }
            }
        }

        return result;
    }
}
