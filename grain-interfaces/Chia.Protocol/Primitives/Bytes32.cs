using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Chia.Protocol.Primitives;

/// <summary>32 immutable bytes compared by value: hashes, qualities, node ids (PROTOCOL.md 3.1).</summary>
public readonly record struct Bytes32 : IComparable<Bytes32>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly Storage _storage;

    /// <summary>Copies exactly 32 bytes; any other length is a bug of the caller.</summary>
    public Bytes32(ReadOnlySpan<byte> bytes) => FixedBytes.Copy(bytes, _storage);

    /// <summary>The bytes, without a copy.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Span => _storage;

    /// <summary>True if every byte is zero.</summary>
    public bool IsZero => !Span.ContainsAnyExcept((byte)0);

    /// <summary>Parses 2·32 hexadecimal digits, in either case, without prefix.</summary>
    /// <exception cref="FormatException">Another length or another character.</exception>
    public static Bytes32 FromHex(string hex) => new(Hex.Decode(hex, Size));

    /// <summary>As <see cref="FromHex"/>, reporting bad text as false.</summary>
    public static bool TryFromHex(string? hex, out Bytes32 value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var isHex = Hex.TryDecode(hex, bytes);
        value = isHex ? new Bytes32(bytes) : default;
        return isHex;
    }

    /// <summary>A fresh copy of the bytes.</summary>
    public byte[] ToArray() => Span.ToArray();

    /// <inheritdoc/>
    public bool Equals(Bytes32 other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => FixedBytes.HashOf(Span);

    /// <summary>Lexicographic, as the bytes of a big-endian number.</summary>
    public int CompareTo(Bytes32 other) => Span.SequenceCompareTo(other.Span);

    /// <summary>Lower-case hexadecimal.</summary>
    public override string ToString() => Hex.Encode(Span);

    /// <summary>Lexicographic order.</summary>
    public static bool operator <(Bytes32 left, Bytes32 right) => left.CompareTo(right) < 0;

    /// <summary>Lexicographic order.</summary>
    public static bool operator >(Bytes32 left, Bytes32 right) => left.CompareTo(right) > 0;

    /// <summary>Lexicographic order.</summary>
    public static bool operator <=(Bytes32 left, Bytes32 right) => left.CompareTo(right) <= 0;

    /// <summary>Lexicographic order.</summary>
    public static bool operator >=(Bytes32 left, Bytes32 right) => left.CompareTo(right) >= 0;

    [InlineArray(Size)]
    private struct Storage
    {
        private byte _first;
    }
}
