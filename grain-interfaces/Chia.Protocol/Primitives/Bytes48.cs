using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Chia.Protocol.Primitives;

/// <summary>48 immutable bytes compared by value: a compressed BLS public key (PROTOCOL.md 3.1).</summary>
public readonly record struct Bytes48
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 48;

    private readonly Storage _storage;

    /// <summary>Copies exactly 48 bytes; any other length is a bug of the caller.</summary>
    public Bytes48(ReadOnlySpan<byte> bytes) => FixedBytes.Copy(bytes, _storage);

    /// <summary>The bytes, without a copy.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Span => _storage;

    /// <summary>Parses 2·48 hexadecimal digits, in either case, without prefix.</summary>
    /// <exception cref="FormatException">Another length or another character.</exception>
    public static Bytes48 FromHex(string hex) => new(Hex.Decode(hex, Size));

    /// <summary>As <see cref="FromHex"/>, reporting bad text as false.</summary>
    public static bool TryFromHex(string? hex, out Bytes48 value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var isHex = Hex.TryDecode(hex, bytes);
        value = isHex ? new Bytes48(bytes) : default;
        return isHex;
    }

    /// <summary>A fresh copy of the bytes.</summary>
    public byte[] ToArray() => Span.ToArray();

    /// <inheritdoc/>
    public bool Equals(Bytes48 other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => FixedBytes.HashOf(Span);

    /// <summary>Lower-case hexadecimal.</summary>
    public override string ToString() => Hex.Encode(Span);

    [InlineArray(Size)]
    private struct Storage
    {
        private byte _first;
    }
}
