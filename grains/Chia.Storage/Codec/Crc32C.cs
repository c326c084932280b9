using System.Buffers.Binary;
using System.Numerics;

namespace Chia.Storage.Codec;

/// <summary>CRC-32C (Castagnoli), by the processor's instruction where there is one. Guards against bit rot, not against malice.</summary>
internal static class Crc32C
{
    /// <summary>Checksum of two pieces, as if they were one.</summary>
    internal static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default) =>
        ~Append(Append(uint.MaxValue, first), second);

    private static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var b in bytes)
            crc = BitOperations.Crc32C(crc, b);
        return crc;
    }
}
