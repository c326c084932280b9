namespace Chia.Cryptography.Plots;

/// <summary>
/// What remains of a table entry after its table: where its children are in the table below, and its own place among the sorted
/// entries of its partition. 32 + 12 + 20 bits. Links of a partition are kept in the order of the children.
/// </summary>
internal static class Link
{
    /// <summary>Bytes of a link.</summary>
    public const int Bytes = sizeof(ulong);

    /// <summary>Packs a link.</summary>
    public static ulong Pack(uint left, uint offset, uint place) =>
        ((ulong)left << 32) | (offset << PlotShape.PlaceBits) | place;

    /// <summary>Position of the left child.</summary>
    public static uint Left(ulong link) => (uint)(link >> 32);

    /// <summary>Distance to the right child.</summary>
    public static uint Offset(ulong link) => (uint)link >> PlotShape.PlaceBits;

    /// <summary>The entry's own place in its partition.</summary>
    public static uint Place(ulong link) => (uint)link & ((1u << PlotShape.PlaceBits) - 1);
}
