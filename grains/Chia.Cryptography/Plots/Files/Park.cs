using System.Buffers.Binary;
using System.Diagnostics;

namespace Chia.Cryptography.Plots;

/// <summary>A park of P1 … P6 in memory: up to 2048 ascending line points (POSPACE.md 6.3). Contents are untrusted.</summary>
/// <param name="bytes">The park.</param>
/// <param name="layout">Sizes.</param>
/// <param name="table">1 … 6.</param>
internal readonly ref struct Park(ReadOnlySpan<byte> bytes, PlotLayout layout, int table)
{
    // 64 stubs of at most 56 bits add up below 2^62.
    private const int StubsPerSum = 64;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Decodes all deltas.</summary>
    /// <param name="deltas">Room for 2047.</param>
    /// <returns>Their number, one less than the park's entries, or −1 if they are damaged.</returns>
    public int ReadDeltas(Span<byte> deltas) => ReadDeltas(deltas, partial: false);

    /// <summary>The line point at a place in the park.</summary>
    /// <param name="index">0 … 2047.</param>
    /// <param name="linePoint">The line point.</param>
    /// <returns>False if the park is damaged or has fewer entries.</returns>
    public bool TryGet(int index, out UInt128 linePoint)
    {
        Span<byte> deltas = stackalloc byte[PlotLayout.ParkDeltas];
        linePoint = default;
        var count = ReadDeltas(deltas[..index], partial: true);
        if (count < index)
            return false;

        ulong delta = 0;
        foreach (var d in deltas[..index])
            delta += d;
        linePoint = FirstLinePoint() + ((UInt128)delta << layout.StubBits) + SumOfStubs(index);
        return linePoint >> (2 * layout.K) == 0;
    }

    /// <summary>All line points of a park whose deltas have been read.</summary>
    public void CopyTo(ReadOnlySpan<byte> deltas, Span<UInt128> linePoints)
    {
        Debug.Assert(linePoints.Length == deltas.Length + 1);
        linePoints[0] = FirstLinePoint();
        for (var i = 0; i < deltas.Length; i++)
            linePoints[i + 1] = linePoints[i] + ((UInt128)deltas[i] << layout.StubBits) + Stub(i);
    }

    private UInt128 FirstLinePoint() => BitPacking.Read(_bytes, 0, 2 * layout.K);

    private int ReadDeltas(Span<byte> deltas, bool partial)
    {
        var area = _bytes.Slice(layout.LinePointBytes + layout.StubsBytes, PlotLayout.DeltasBytes(table));
        int size = BinaryPrimitives.ReadUInt16LittleEndian(area);
        var raw = (size & PlotLayout.RawDeltasFlag) != 0;
        size &= ~PlotLayout.RawDeltasFlag;
        area = area[PlotLayout.DeltasSizeBytes..];
        if (size > area.Length || (size == 0 && !raw))
            return -1;
        if (!raw)
            return deltas.IsEmpty && partial ? 0 : DeltaModel.ForTable(table).Decoder.Decode(area[..size], deltas, partial);
        if (area[..size].IndexOfAnyExceptInRange((byte)0, (byte)PlotLayout.MaxDelta) >= 0 || (size > deltas.Length && !partial))
            return -1;
        var count = Math.Min(size, deltas.Length);
        area[..count].CopyTo(deltas);
        return count;
    }

    private ulong Stub(int index)
    {
        var bit = index * layout.StubBits;
        return BinaryPrimitives.ReadUInt64BigEndian(_bytes[(layout.LinePointBytes + (bit >> 3))..]) << (bit & 7) >> (64 - layout.StubBits);
    }

    private UInt128 SumOfStubs(int count)
    {
        UInt128 total = 0;
        for (var i = 0; i < count;)
        {
            ulong sum = 0;
            for (var end = Math.Min(count, i + StubsPerSum); i < end; i++)
                sum += Stub(i);
            total += sum;
        }

        return total;
    }
}
