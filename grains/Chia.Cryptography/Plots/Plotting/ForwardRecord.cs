using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Chia.Cryptography.Plots;

/// <summary>
/// An entry on its way from matching to sorting, packed: y inside its partition (4 bytes), then for table 1 x (4 bytes), for the
/// others the left child's position (4), the distance to the right child (2) and the metadata, left-aligned.
/// </summary>
internal static class ForwardRecord
{
    /// <summary>Bytes behind a record that reading or writing its metadata may touch.</summary>
    public const int Slack = 16;

    private const int HeadBytes = 10;
    private const int InputBytes = 8;

    /// <summary>Length of a record of table 1 … 7.</summary>
    public static int Bytes(PlotShape shape, int table) =>
        table == 1 ? InputBytes : HeadBytes + BitPacking.Bytes(shape.MetadataBits(table));

    /// <summary>Writes a record of table 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteInput(ref byte target, uint y, uint x) => Unsafe.WriteUnaligned(ref target, ((ulong)x << 32) | y);

    /// <summary>Writes a record of table 2 … 7, and zeros into the slack behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref byte target, uint y, uint left, int offset, UInt128 metadata)
    {
        Unsafe.WriteUnaligned(ref target, ((ulong)left << 32) | y);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 8), (ushort)offset);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, HeadBytes), BinaryPrimitives.ReverseEndianness((ulong)(metadata >> 64)));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, HeadBytes + 8), BinaryPrimitives.ReverseEndianness((ulong)metadata));
    }

    /// <summary>y inside the partition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Y(ref byte record) => (uint)Unsafe.ReadUnaligned<ulong>(ref record);

    /// <summary>x of a table-1 record, the left child's position in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Left(ref byte record) => (uint)(Unsafe.ReadUnaligned<ulong>(ref record) >> 32);

    /// <summary>Distance from the left child to the right one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Offset(ref byte record) => Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref record, 8));

    /// <summary>Metadata, with whatever follows the record behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt128 Metadata(ref byte record) => new(
        BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref record, HeadBytes))),
        BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref record, HeadBytes + 8))));
}
