using System.Buffers.Binary;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Plots;

/// <summary>The header of a plot file (POSPACE.md 6.1).</summary>
/// <param name="PlotId">The plot id.</param>
/// <param name="K">Plot size.</param>
/// <param name="Memo">Up to 65535 bytes of the plotter's choice; the reference writes none.</param>
/// <param name="Offsets">Where P1 … P7, C1, C2, C3 begin.</param>
internal sealed record PlotHeader(Bytes32 PlotId, int K, ReadOnlyMemory<byte> Memo, long[] Offsets)
{
    /// <summary>The part whose length does not depend on the memo: up to and including the memo's length.</summary>
    public const int FixedBytes = 66;

    private const int IdOffset = 19;
    private const int SizeOffset = IdOffset + Bytes32.Size;
    private const int FormatOffset = SizeOffset + 1 + sizeof(ushort);
    private const int MemoLengthOffset = FixedBytes - sizeof(ushort);

    private static ReadOnlySpan<byte> Magic => "Proof of Space Plot"u8;

    private static ReadOnlySpan<byte> Format => "alpha-v0.4"u8;

    /// <summary>Length in bytes.</summary>
    public int Length => PlotLayout.EmptyHeaderBytes + Memo.Length;

    /// <summary>Checks the fixed part and returns the length of the whole header.</summary>
    /// <exception cref="PlotFileException">It is no plot file of this format.</exception>
    public static int ReadLength(string path, ReadOnlySpan<byte> start)
    {
        if (!start.StartsWith(Magic))
            throw new PlotFileException(path, PlotFileError.NotAPlot, "it does not begin with \"Proof of Space Plot\"");
        if (BinaryPrimitives.ReadUInt16BigEndian(start[(FormatOffset - sizeof(ushort))..]) != Format.Length
            || !start[FormatOffset..].StartsWith(Format))
        {
            throw new PlotFileException(path, PlotFileError.UnsupportedFormat, "its format is not alpha-v0.4");
        }

        var k = start[SizeOffset];
        if (k is < PlotLayout.MinSize or > PlotConstants.MaxSize)
            throw new PlotFileException(
                path, PlotFileError.UnsupportedSize, $"its k is {k}, not {PlotLayout.MinSize} to {PlotConstants.MaxSize}");
        return PlotLayout.EmptyHeaderBytes + BinaryPrimitives.ReadUInt16BigEndian(start[MemoLengthOffset..]);
    }

    /// <summary>Reads a header whose fixed part has been checked.</summary>
    public static PlotHeader Read(string path, ReadOnlySpan<byte> header)
    {
        var memo = header[FixedBytes..^(PlotLayout.Pointers * sizeof(ulong))].ToArray();
        var offsets = new long[PlotLayout.Pointers];
        for (var i = 0; i < offsets.Length; i++)
        {
            var offset = BinaryPrimitives.ReadUInt64BigEndian(header[(FixedBytes + memo.Length + (i * sizeof(ulong)))..]);
            if (offset > long.MaxValue)
                throw new PlotFileException(path, PlotFileError.DamagedHeader, $"the offset of {TableName(i)} is {offset}");
            offsets[i] = (long)offset;
        }

        return new PlotHeader(new Bytes32(header.Slice(IdOffset, Bytes32.Size)), header[SizeOffset], memo, offsets);
    }

    /// <summary>Writes the header.</summary>
    /// <param name="target"><see cref="Length"/> bytes.</param>
    public void Write(Span<byte> target)
    {
        Magic.CopyTo(target);
        PlotId.Span.CopyTo(target[IdOffset..]);
        target[SizeOffset] = (byte)K;
        BinaryPrimitives.WriteUInt16BigEndian(target[(FormatOffset - sizeof(ushort))..], (ushort)Format.Length);
        Format.CopyTo(target[FormatOffset..]);
        BinaryPrimitives.WriteUInt16BigEndian(target[MemoLengthOffset..], checked((ushort)Memo.Length));
        Memo.Span.CopyTo(target[FixedBytes..]);
        for (var i = 0; i < Offsets.Length; i++)
            BinaryPrimitives.WriteUInt64BigEndian(target[(FixedBytes + Memo.Length + (i * sizeof(ulong)))..], (ulong)Offsets[i]);
    }

    /// <summary>P1 … P7, C1 … C3 for pointer 0 … 9.</summary>
    public static string TableName(int pointer) =>
        pointer < PlotConstants.Tables ? $"P{pointer + 1}" : $"C{pointer - PlotConstants.Tables + 1}";
}
