namespace Chia.Cryptography.Plots;

/// <summary>Sizes in bytes of what a plot file of some k is made of (POSPACE.md 6.2).</summary>
/// <param name="K">15 … 59.</param>
internal readonly record struct PlotLayout(int K)
{
    /// <summary>The smallest k with a plot file: below, the tables do not hold together.</summary>
    public const int MinSize = 15;

    /// <summary>Entries of a park in P1 … P7.</summary>
    public const int ParkEntries = 2048;

    /// <summary>Deltas of a full park.</summary>
    public const int ParkDeltas = ParkEntries - 1;

    /// <summary>f7 values per C1 entry, and C1 entries per C2 entry.</summary>
    public const int CheckpointInterval = 10000;

    /// <summary>The 2 bytes before the deltas of a park.</summary>
    public const int DeltasSizeBytes = 2;

    /// <summary>Bit 15 of that size: the deltas are stored raw.</summary>
    public const int RawDeltasFlag = 0x8000;

    /// <summary>The largest delta that a park can hold.</summary>
    public const int MaxDelta = 254;

    /// <summary>Bytes of the header with an empty memo.</summary>
    public const int EmptyHeaderBytes = 146;

    /// <summary>Tables with a pointer in the header: P1 … P7, C1, C2, C3.</summary>
    public const int Pointers = 10;

    /// <summary>The first line point of a park.</summary>
    public int LinePointBytes => BitPacking.Bytes(2 * K);

    /// <summary>Raw low bits of a line-point difference.</summary>
    public int StubBits => K - 3;

    /// <summary>The stubs of a park.</summary>
    public int StubsBytes => BitPacking.Bytes(ParkDeltas * StubBits);

    /// <summary>An entry of P7, in bits.</summary>
    public int IndexBits => K + 1;

    /// <summary>A park of P7.</summary>
    public int IndexParkBytes => ParkEntries / 8 * IndexBits;

    /// <summary>An entry of C1 or C2.</summary>
    public int CheckpointBytes => BitPacking.Bytes(K);

    /// <summary>A park of C3.</summary>
    public int CheckpointParkBytes => K < 20 ? 10000 : 3000;

    /// <summary>The deltas of a park in P1 … P6, with their size: 5.6 bits a delta in P1, 3.5 above.</summary>
    public static int DeltasBytes(int table) => table == 1 ? 1433 : 896;

    /// <summary>A park of P1 … P7.</summary>
    public int ParkBytes(int table) => table == PlotConstants.Tables
        ? IndexParkBytes
        : LinePointBytes + StubsBytes + DeltasBytes(table);
}
