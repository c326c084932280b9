namespace Chia.Protocol.Primitives;

/// <summary>Immutable bytes of any length, compared by value: proofs, witnesses, class-group numbers.</summary>
public readonly struct ByteString : IEquatable<ByteString>
{
    private readonly byte[]? _bytes;

    private ByteString(byte[] bytes) => _bytes = bytes;

    /// <summary>Length in bytes.</summary>
    public int Length => _bytes?.Length ?? 0;

    /// <summary>The bytes, without a copy.</summary>
    public ReadOnlySpan<byte> Span => _bytes;

    /// <summary>A copy of the bytes.</summary>
    public static ByteString Copy(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    /// <summary>Takes ownership of the array; the caller must not write to it again.</summary>
    public static ByteString Adopt(byte[] bytes) => new(bytes);

    /// <summary>Parses hexadecimal text of any even length.</summary>
    /// <exception cref="FormatException">Odd length or another character.</exception>
    public static ByteString FromHex(string hex) => new(Convert.FromHexString(hex));

    /// <inheritdoc/>
    public bool Equals(ByteString other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ByteString other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>Lower-case hexadecimal.</summary>
    public override string ToString() => Hex.Encode(Span);

    /// <summary>Equality by value.</summary>
    public static bool operator ==(ByteString left, ByteString right) => left.Equals(right);

    /// <summary>Inequality by value.</summary>
    public static bool operator !=(ByteString left, ByteString right) => !left.Equals(right);
}
