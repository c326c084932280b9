using System.Text.Json;

namespace Chia.Testing;

/// <summary>Finds the repository's vectors (<c>tests/vectors</c>; origins in its README).</summary>
public static class Vectors
{
    /// <summary>The path of a vector file or folder.</summary>
    public static string PathOf(params string[] parts) => Checkout.At(["tests", "vectors", .. parts]);

    /// <summary>A JSON vector file.</summary>
    public static JsonDocument Json(params string[] parts) =>
        JsonDocument.Parse(File.ReadAllBytes(PathOf(parts)));

    /// <summary>The records of a chain file: 4-byte big-endian length, then the block's bytes.</summary>
    public static List<byte[]> Records(params string[] parts)
    {
        var data = File.ReadAllBytes(PathOf(parts));
        var records = new List<byte[]>();
        for (var offset = 0; offset < data.Length;)
        {
            var length = (int)System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(offset));
            records.Add(data.AsSpan(offset + 4, length).ToArray());
            offset += 4 + length;
        }

        return records;
    }
}
