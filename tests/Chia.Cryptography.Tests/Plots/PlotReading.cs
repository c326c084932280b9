using Chia.Cryptography.Plots;

namespace Chia.Cryptography.Tests.Plots;

/// <summary>Whole tables of a plot file.</summary>
internal static class PlotReading
{
    public static List<UInt128> LinePoints(PlotProver prover, int table)
    {
        var all = new List<UInt128>();
        var bytes = new byte[prover.File.Layout.ParkBytes(table)];
        var deltas = new byte[PlotLayout.ParkDeltas];
        for (var park = 0; park < prover.File.Parks(table); park++)
        {
            prover.File.Read(bytes, prover.File.Offset(table - 1) + ((long)park * bytes.Length));
            var view = new Park(bytes, prover.File.Layout, table);
            var count = view.ReadDeltas(deltas);
            Assert.True(count >= 0);
            var points = new UInt128[count + 1];
            view.CopyTo(deltas.AsSpan(0, count), points);
            all.AddRange(points);
        }

        return all;
    }

    public static List<(ulong F7, ulong Index)> Last(PlotProver prover)
    {
        var all = new List<(ulong, ulong)>();
        var values = new ulong[PlotLayout.CheckpointInterval];
        for (var park = 0; park < prover.Checkpoints.Count; park++)
        {
            var count = prover.Checkpoints.ReadPark(park, values);
            for (var i = 0; i < count; i++)
                all.Add((values[i], prover.ReadIndex(all.Count)));
        }

        return all;
    }
}
