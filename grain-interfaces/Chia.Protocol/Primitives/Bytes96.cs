using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Chia.Protocol.Primitives;

/// <summary>96 immutable bytes compared by value: a compressed BLS signature (PROTOCOL.md 3.1).</summary>
public readonly record struct Bytes96
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 96;

    private readonly Storage _storage;

    /// <summary>Copies exactly 96 bytes; any other length is a bug of the caller.</summary>
    public Bytes96(ReadOnlySpan<byte> bytes) => FixedBytes.Copy(bytes, _storage);

    /// <summary>The bytes, without a copy.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Span => _storage;

    /// <summary>Parses 2·96 hexadecimal digits, in either case, without prefix.</summary>
    /// <exception cref="FormatException">Another length or another character.</exception>
    public static Bytes96 FromHex(string hex) => new(Hex.Decode(hex, Size));

    /// <summary>A fresh copy of the bytes.</summary>
    public byte[] ToArray() => Span.ToArray();

    /// <inheritdoc/>
    public bool Equals(Bytes96 other) => Span.SequenceEqual(other.Span);

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
