namespace Chia.Cryptography.Plots;

/// <summary>
/// The fixed symbol statistics of one kind of delta (POSPACE.md 7.1) and the coder tables that follow from them.
/// Nothing of this is stored in a plot; readers and writers must simply agree.
/// </summary>
internal sealed class DeltaModel
{
    /// <summary>log2 of the number of states.</summary>
    public const int StateBits = 14;

    /// <summary>S: number of states, and the sum of all counts.</summary>
    public const int States = 1 << StateBits;

    private const int SpreadStep = (States / 2) + (States / 8) + 3;

    // P1 (R = 4.7), P2 and P3 (2.75), P4 (2.7), P5 (2.6), P6 (2.45), C3 (1.0); what follows these has count 1 and is "low".
    private static readonly DeltaModel Table1 = new(255,
        [1504, 2811, 2273, 1837, 1485, 1200, 970, 784, 634, 512, 414, 335, 271, 219, 177, 143, 116, 93, 76, 61, 49, 40, 32, 26, 21, 17, 14,
            11, 9, 7, 6, 5, 4, 3, 3, 2, 2]);

    private static readonly DeltaModel Tables2And3 = new(255,
        [2482, 4169, 2898, 2015, 1400, 973, 677, 470, 327, 227, 158, 110, 76, 53, 37, 26, 18, 12, 9, 6, 4, 3, 2]);

    private static readonly DeltaModel Table4 = new(255,
        [2524, 4219, 2913, 2011, 1389, 959, 662, 457, 316, 218, 151, 104, 72, 50, 34, 24, 16, 11, 8, 5, 4, 3, 2]);

    private static readonly DeltaModel Table5 = new(255,
        [2613, 4324, 2943, 2004, 1364, 928, 632, 430, 293, 199, 136, 92, 63, 43, 29, 20, 14, 9, 6, 4, 3, 2]);

    private static readonly DeltaModel Table6 = new(255,
        [2758, 4489, 2985, 1985, 1319, 877, 583, 388, 258, 171, 114, 76, 50, 34, 22, 15, 10, 7, 4, 3, 2]);

    private readonly ushort[] _counts;
    private readonly byte[] _cells = new byte[States];

    private DeltaModel(int symbols, ReadOnlySpan<ushort> leadingCounts)
    {
        _counts = new ushort[symbols];
        _counts.AsSpan().Fill(1);
        leadingCounts.CopyTo(_counts);
        Spread(leadingCounts.Length);
        Decoder = new DeltaDecoder(this);
        Encoder = new DeltaEncoder(this);
    }

    /// <summary>The model of differences between f7 values, in C3.</summary>
    public static DeltaModel Checkpoints { get; } = new(116, [5989, 6505, 2393, 880, 324, 119, 44, 16, 6, 2]);

    /// <summary>How often each symbol occurs among the states.</summary>
    public ReadOnlySpan<ushort> Counts => _counts;

    /// <summary>The symbol of each state.</summary>
    public ReadOnlySpan<byte> Cells => _cells;

    /// <summary>Reads streams of this model.</summary>
    public DeltaDecoder Decoder { get; }

    /// <summary>Writes streams of this model.</summary>
    public DeltaEncoder Encoder { get; }

    /// <summary>The model of line-point deltas in P1 … P6.</summary>
    public static DeltaModel ForTable(int table) => table switch
    {
        1 => Table1,
        2 or 3 => Tables2And3,
        4 => Table4,
        5 => Table5,
        6 => Table6,
        _ => throw new ArgumentOutOfRangeException(nameof(table)),
    };

    // POSPACE.md 7.2: low symbols from the top, the others in strides over what is left.
    private void Spread(int ordinarySymbols)
    {
        var highest = States - 1;
        for (var symbol = ordinarySymbols; symbol < _counts.Length; symbol++)
            _cells[highest--] = (byte)symbol;

        var position = 0;
        for (var symbol = 0; symbol < ordinarySymbols; symbol++)
        {
            for (var i = 0; i < _counts[symbol]; i++)
            {
                _cells[position] = (byte)symbol;
                do
                    position = (position + SpreadStep) & (States - 1);
                while (position > highest);
            }
        }
    }
}
