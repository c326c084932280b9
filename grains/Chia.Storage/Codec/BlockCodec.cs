namespace Chia.Storage.Codec;

/// <summary>
/// What a store keeps with a block's bytes: the length of the header part, so that header blocks are served without decoding,
/// and a CRC-32C over header hash and bytes, so that bytes in the wrong place are noticed as well as changed ones.
/// </summary>
internal static class BlockCodec
{
    /// <summary>The checksum of a block.</summary>
    internal static uint Checksum(ReadOnlySpan<byte> headerHash, ReadOnlySpan<byte> bytes) => Crc32C.Of(headerHash, bytes);

    /// <summary>The block's bytes, or those of its header block; null if anything stored with them says that they are not what was
    /// written.</summary>
    internal static byte[]? Checked(ReadOnlySpan<byte> headerHash, long? headerLength, long? checksum, byte[]? bytes, bool headerOnly)
    {
        if (bytes is null || checksum != Checksum(headerHash, bytes) || headerLength is not { } length || length < 0
            || length > bytes.Length)
            return null;
        return headerOnly ? bytes[..(int)length] : bytes;
    }
}
