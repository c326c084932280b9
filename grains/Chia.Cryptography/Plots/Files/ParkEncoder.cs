using System.Buffers.Binary;

namespace Chia.Cryptography.Plots;

/// <summary>Writes parks of P1 … P6 (POSPACE.md 6.3 and 8.5).</summary>
internal static class ParkEncoder
{
    /// <summary>Encodes 1 … 2048 ascending line points.</summary>
    /// <param name="linePoints">The park's entries.</param>
    /// <param name="layout">Sizes.</param>
    /// <param name="table">1 … 6.</param>
    /// <param name="target">The park's bytes; all of them are written.</param>
    /// <returns>False if the differences are larger than a park can hold, which honest tables never reach.</returns>
    public static bool TryEncode(ReadOnlySpan<UInt128> linePoints, PlotLayout layout, int table, Span<byte> target)
    {
        target.Clear();
        BitPacking.Write(target, 0, 2 * layout.K, linePoints[0]);
        var stubs = target.Slice(layout.LinePointBytes, layout.StubsBytes);
        Span<byte> deltas = stackalloc byte[PlotLayout.ParkDeltas];
        deltas = deltas[..(linePoints.Length - 1)];
        if (!TrySplit(linePoints, layout.StubBits, deltas, stubs))
            return false;

        var area = target.Slice(layout.LinePointBytes + layout.StubsBytes, PlotLayout.DeltasBytes(table));
        var size = DeltaModel.ForTable(table).Encoder.Encode(deltas, area[PlotLayout.DeltasSizeBytes..]);
        if (size < 0)
            return false;
        if (size == 0)
        {
            // Too few for the coder: stored raw, even none at all.
            deltas.CopyTo(area[PlotLayout.DeltasSizeBytes..]);
            size = deltas.Length | PlotLayout.RawDeltasFlag;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(area, (ushort)size);
        return true;
    }

    // Low bits of each difference into the stubs, packed from the top of a 64-bit word; the rest are the deltas.
    private static bool TrySplit(ReadOnlySpan<UInt128> linePoints, int stubBits, Span<byte> deltas, Span<byte> stubs)
    {
        ulong word = 0;
        int used = 0, written = 0;
        for (var i = 0; i < deltas.Length; i++)
        {
            var difference = linePoints[i + 1] - linePoints[i];
            var delta = difference >> stubBits;
            if (linePoints[i + 1] < linePoints[i] || delta > PlotLayout.MaxDelta)
                return false;
            deltas[i] = (byte)delta;

            var stub = (ulong)difference & ((1ul << stubBits) - 1);
            word |= stub << (64 - stubBits) >> used;
            used += stubBits;
            if (used >= 64)
            {
                BinaryPrimitives.WriteUInt64BigEndian(stubs[written..], word);
                written += sizeof(ulong);
                used -= 64;
                word = used == 0 ? 0 : stub << (64 - used);
            }
        }

        for (; used > 0; used -= 8, word <<= 8)
            stubs[written++] = (byte)(word >> 56);
        return true;
    }
}
