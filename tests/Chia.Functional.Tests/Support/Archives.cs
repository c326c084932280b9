using System.Buffers.Binary;
using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;

namespace Chia.Functional.Tests.Support;

/// <summary>Writes the files that <c>db import</c> reads.</summary>
internal static class Archives
{
    public static string Write(string path, IEnumerable<FullBlock> blocks) => Write(path, blocks.Select(b => b.ToBytes()));

    /// <summary>Records of any content: 4-byte big-endian length, then the bytes.</summary>
    public static string Write(string path, IEnumerable<byte[]> records)
    {
        using var file = File.Create(path);
        Span<byte> length = stackalloc byte[sizeof(uint)];
        foreach (var record in records)
        {
            BinaryPrimitives.WriteUInt32BigEndian(length, (uint)record.Length);
            file.Write(length);
            file.Write(record);
        }

        return path;
    }
}
