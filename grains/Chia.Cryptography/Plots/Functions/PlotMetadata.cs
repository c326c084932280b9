namespace Chia.Cryptography.Plots;

/// <summary>
/// Up to 256 metadata bits, first bit in the most significant place of <paramref name="High"/>, zeros behind the last.
/// Lengths follow from k and the table, so they are not stored.
/// </summary>
/// <param name="High">The first 128 bits.</param>
/// <param name="Low">The rest; zero for k up to 32.</param>
internal readonly record struct PlotMetadata(UInt128 High, UInt128 Low)
{
    /// <summary>This string of <paramref name="bits"/> bits followed by another; together at most 256.</summary>
    public PlotMetadata Append(int bits, PlotMetadata tail)
    {
        if (bits >= 128)
            return new PlotMetadata(High, Low | Shift(tail.High, bits - 128));
        return new PlotMetadata(
            High | Shift(tail.High, bits),
            Low | (bits == 0 ? tail.Low : (tail.High << (128 - bits)) | (tail.Low >> bits)));
    }

    /// <summary>The first <paramref name="bits"/> bits, the rest zero.</summary>
    public PlotMetadata Truncate(int bits) => bits > 128
        ? new PlotMetadata(High, Low & HighBits(bits - 128))
        : new PlotMetadata(High & HighBits(bits), 0);

    /// <summary>Bitwise exclusive or.</summary>
    public static PlotMetadata operator ^(PlotMetadata a, PlotMetadata b) => new(a.High ^ b.High, a.Low ^ b.Low);

    /// <summary>A mask of the first 0 … 128 bits.</summary>
    public static UInt128 HighBits(int bits) => bits == 0 ? 0 : UInt128.MaxValue << (128 - bits);

    // UInt128 takes its shift count modulo 128.
    private static UInt128 Shift(UInt128 value, int bits) => bits >= 128 ? 0 : value >> bits;
}
