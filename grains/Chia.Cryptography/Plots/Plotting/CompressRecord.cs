using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Plots;

/// <summary>
/// A line point on its way to being sorted: the point (8 bytes), the partition its entry's index goes to (2 bytes), and the key (4 bytes):
/// the entry's place in that partition, or f7 for table 7. (Partition, key) ascends with the key of POSPACE.md 8.1.
/// </summary>
internal static class CompressRecord
{
    /// <summary>Length of a record.</summary>
    public const int Bytes = 14;

    /// <summary>Writes a record.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref byte target, ulong linePoint, int partition, uint key)
    {
        Unsafe.WriteUnaligned(ref target, linePoint);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 8), (ushort)partition);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 10), key);
    }

    /// <summary>The line point.</summary>
    public static ulong LinePoint(ref byte record) => Unsafe.ReadUnaligned<ulong>(ref record);

    /// <summary>Partition and key in one number.</summary>
    public static ulong Key(ref byte record) =>
        ((ulong)Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref record, 8)) << 32) | Unsafe.ReadUnaligned<uint>(
            ref Unsafe.Add(ref record, 10));
}
