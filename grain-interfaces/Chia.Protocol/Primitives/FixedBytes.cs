using System.Runtime.InteropServices;

namespace Chia.Protocol.Primitives;

/// <summary>
/// What the byte strings of fixed length have in common. Each of the three is still a struct of its own, for the length of its storage: C#
/// takes no numbers as type arguments, and a generic struct over its storage would need an alias in every project and would show in logs
/// and serialisers under the name of the storage.
/// </summary>
internal static class FixedBytes
{
    /// <summary>Fills all of a value's storage.</summary>
    /// <exception cref="ArgumentException">There are more bytes, or fewer.</exception>
    public static void Copy(ReadOnlySpan<byte> bytes, Span<byte> storage)
    {
        if (bytes.Length != storage.Length)
            throw new ArgumentException($"expected {storage.Length} bytes, got {bytes.Length}", nameof(bytes));
        bytes.CopyTo(storage);
    }

    /// <summary>Taken from the last bytes: hashes and keys are uniform there, and leading zeros are common in tests.</summary>
    public static int HashOf(ReadOnlySpan<byte> bytes) =>
        MemoryMarshal.Read<int>(bytes[^sizeof(int)..]) ^ MemoryMarshal.Read<int>(bytes[4..]);
}
