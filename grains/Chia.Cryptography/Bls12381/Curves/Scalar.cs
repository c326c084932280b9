using System.Buffers.Binary;

namespace Chia.Cryptography.Bls12381;

/// <summary>A number modulo the group order n (BLS.md 2), canonical, in four words.</summary>
internal readonly struct Scalar
{
    /// <summary>Bytes of an encoded scalar.</summary>
    public const int Size = 32;

    /// <summary>Bits of the largest scalar.</summary>
    public const int Bits = 255;

    private static readonly Scalar Order = new(0xffffffff00000001, 0x53bda402fffe5bfe, 0x3339d80809a1d805, 0x73eda753299d7d48);

    // Least significant first.
    private readonly ulong _w0;
    private readonly ulong _w1;
    private readonly ulong _w2;
    private readonly ulong _w3;

    private Scalar(ulong w0, ulong w1, ulong w2, ulong w3) => (_w0, _w1, _w2, _w3) = (w0, w1, w2, w3);

    /// <summary>True for 0.</summary>
    public bool IsZero => (_w0 | _w1 | _w2 | _w3) == 0;

    /// <summary>Reads 32 big-endian bytes; false for n and above.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Scalar value)
    {
        value = Raw(bytes);
        return value.IsBelow(Order);
    }

    /// <summary>32 big-endian bytes modulo n.</summary>
    public static Scalar Reduce(ReadOnlySpan<byte> bytes)
    {
        // 2^256 < 3n.
        var value = Raw(bytes);
        while (!value.IsBelow(Order))
            value = value.Minus(Order);
        return value;
    }

    /// <summary>Bit i, 0 the lowest.</summary>
    public bool Bit(int i) => ((i < 128 ? (i < 64 ? _w0 : _w1) : (i < 192 ? _w2 : _w3)) >> (i & 63) & 1) != 0;

    /// <summary>Writes 32 big-endian bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _w3);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _w2);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _w1);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _w0);
    }

    /// <summary>The four digits to the base X = |x|, lowest first; n is below X⁴, so they suffice.</summary>
    public void DigitsOfParameter(Span<ulong> digits)
    {
        Span<ulong> words = [_w0, _w1, _w2, _w3];
        for (var digit = 0; digit < 4; digit++)
        {
            UInt128 remainder = 0;
            for (var i = words.Length - 1; i >= 0; i--)
            {
                var value = (remainder << 64) | words[i];
                var quotient = value / CurveParameter.Magnitude;
                words[i] = (ulong)quotient;
                remainder = value - (quotient * CurveParameter.Magnitude);
            }

            digits[digit] = (ulong)remainder;
        }
    }

    private static Scalar Raw(ReadOnlySpan<byte> bytes) =>
        new(
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes));

    private bool IsBelow(Scalar other) =>
        _w3 != other._w3 ? _w3 < other._w3
        : _w2 != other._w2 ? _w2 < other._w2
        : _w1 != other._w1 ? _w1 < other._w1
        : _w0 < other._w0;

    private Scalar Minus(Scalar other)
    {
        var low = new UInt128(_w1, _w0);
        var otherLow = new UInt128(other._w1, other._w0);
        var high = new UInt128(_w3, _w2) - new UInt128(other._w3, other._w2) - (low < otherLow ? UInt128.One : UInt128.Zero);
        low -= otherLow;
        return new Scalar((ulong)low, (ulong)(low >> 64), (ulong)high, (ulong)(high >> 64));
    }
}
