using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Chia.Cryptography.Plots;

/// <summary>
/// Finds all matches between two neighbouring buckets (POSPACE.md 8.2): a map of the right bucket's residues is probed at the 32
/// places that a left entry can match. One instance a thread.
/// </summary>
internal sealed class BucketMatcher
{
    // (2m + p)² mod kC for p = 0 and 1.
    private static readonly ushort[][] Squares = [MakeSquares(0), MakeSquares(1)];

    private readonly byte[] _present = new byte[PlotConstants.BucketSize];
    private readonly ushort[] _first = new ushort[PlotConstants.BucketSize];
    private readonly ushort[] _hits = new ushort[PlotConstants.MatchShifts + 1];
    private (ushort Left, ushort Right)[] _pairs = new (ushort, ushort)[2048];

    /// <summary>Finds the matches, in ascending order of left and, for each left, right entry.</summary>
    /// <param name="parity">Number of the left bucket modulo 2.</param>
    /// <param name="left">y of the left bucket's entries, ascending.</param>
    /// <param name="leftBase">The y at which the left bucket begins.</param>
    /// <param name="right">y of the right bucket's entries, ascending.</param>
    /// <param name="rightBase">The y at which the right bucket begins.</param>
    /// <returns>Places in the two spans; valid until the next call.</returns>
    public ReadOnlySpan<(ushort Left, ushort Right)> Find(
        int parity, ReadOnlySpan<uint> left, uint leftBase, ReadOnlySpan<uint> right, uint rightBase)
    {
        for (var i = right.Length - 1; i >= 0; i--)
        {
            var residue = right[i] - rightBase;
            _present[residue] = 1;
            _first[residue] = (ushort)i;
        }

        var count = 0;
        for (var i = 0; i < left.Length; i++)
        {
            var hits = Probe(left[i] - leftBase, Squares[parity]);
            for (var h = 0; h < hits; h++)
            {
                // Hits are distinct residues; entries with the same residue follow each other.
                var residue = _hits[h];
                for (int r = _first[residue]; r < right.Length && right[r] - rightBase == residue; r++)
                    Add(ref count, i, r);
            }
        }

        foreach (var y in right)
            _present[y - rightBase] = 0;
        return _pairs.AsSpan(0, count);
    }

    // The residues of the right bucket that match and are there, ascending, in _hits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Probe(uint residue, ushort[] squares)
    {
        var row = Vector256.Create((ushort)(residue / PlotConstants.BucketColumns));
        var column = Vector256.Create((ushort)(residue % PlotConstants.BucketColumns));
        ref var square = ref MemoryMarshal.GetArrayDataReference(squares);
        Unsafe.SkipInit(out Candidates candidates);
        ref var candidate = ref Unsafe.As<Candidates, ushort>(ref candidates);
        Targets(row + Vector256<ushort>.Indices, column + Vector256.LoadUnsafe(ref square)).StoreUnsafe(ref candidate);
        Targets(row + Vector256<ushort>.Indices + Vector256.Create((ushort)16), column + Vector256.LoadUnsafe(ref square, 16))
            .StoreUnsafe(ref candidate, 16);

        ref var present = ref MemoryMarshal.GetArrayDataReference(_present);
        ref var hit = ref MemoryMarshal.GetArrayDataReference(_hits);
        var count = 0;
        for (var m = 0; m < PlotConstants.MatchShifts; m++)
        {
            var target = Unsafe.Add(ref candidate, m);
            Unsafe.Add(ref hit, count) = target;
            count += Unsafe.Add(ref present, (int)target);
        }

        if (count > 1)
            _hits.AsSpan(0, count).Sort();
        return count;
    }

    // Both sums are below twice their modulus: where the subtraction wraps, the sum itself is the smaller number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Targets(Vector256<ushort> rows, Vector256<ushort> columns)
    {
        rows = Vector256.Min(rows, rows - Vector256.Create((ushort)PlotConstants.BucketRows));
        columns = Vector256.Min(columns, columns - Vector256.Create((ushort)PlotConstants.BucketColumns));
        return (rows * Vector256.Create((ushort)PlotConstants.BucketColumns)) + columns;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ref int count, int left, int right)
    {
        if (count == _pairs.Length)
            Array.Resize(ref _pairs, 2 * count);
        _pairs[count++] = ((ushort)left, (ushort)right);
    }

    private static ushort[] MakeSquares(uint parity)
    {
        var squares = new ushort[PlotConstants.MatchShifts];
        for (var m = 0u; m < squares.Length; m++)
            squares[m] = (ushort)(((2 * m) + parity) * ((2 * m) + parity) % PlotConstants.BucketColumns);
        return squares;
    }

    [InlineArray(PlotConstants.MatchShifts)]
    private struct Candidates
    {
        private ushort _first;
    }
}
