namespace Chia.Protocol.Primitives;

/// <summary>Hexadecimal text of fixed length.</summary>
public static class Hex
{
    /// <summary>Lower-case digits, two a byte, no prefix.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>Decodes exactly <paramref name="size"/> bytes.</summary>
    /// <exception cref="FormatException">Another length or another character.</exception>
    public static byte[] Decode(string hex, int size)
    {
        var bytes = new byte[size];
        if (!TryDecode(hex, bytes))
            throw new FormatException($"expected {size} bytes as {2 * size} hexadecimal digits, got \"{Shorten(hex)}\"");
        return bytes;
    }

    /// <summary>Decodes into all of <paramref name="destination"/>; false for another length or character.</summary>
    public static bool TryDecode(string? hex, Span<byte> destination) =>
        hex is not null
        && hex.Length == 2 * destination.Length
        && Convert.FromHexString(hex, destination, out _, out _) == System.Buffers.OperationStatus.Done;

    private static string Shorten(string? text) =>
        text is null ? "null" : text.Length <= 24 ? text : $"{text[..24]}… ({text.Length} characters)";
}
