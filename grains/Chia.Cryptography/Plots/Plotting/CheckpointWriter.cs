using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Chia.Cryptography.Plots;

/// <summary>Writes P7, C1, C2 and C3 in one pass over the entries: their number, and so every offset, is known beforehand.</summary>
internal sealed class CheckpointWriter
{
    private const int SizeBytes = 2;

    private readonly PlotLayout _layout;
    private readonly SafeFileHandle _file;
    private readonly byte[] _indices;
    private readonly byte[] _differences = new byte[PlotLayout.CheckpointInterval];
    private readonly byte[] _park;
    private readonly byte[] _first, _second;
    private long _indexPosition;
    private long _parkPosition;
    private long _count;
    private ulong _last;

    /// <summary>Places the tables.</summary>
    /// <param name="layout">Sizes.</param>
    /// <param name="file">The file.</param>
    /// <param name="position">Where P7 begins.</param>
    /// <param name="entries">Entries of P7.</param>
    public CheckpointWriter(PlotLayout layout, SafeFileHandle file, long position, long entries)
    {
        _layout = layout;
        _file = file;
        _indices = new byte[layout.IndexParkBytes];
        _park = new byte[layout.CheckpointParkBytes];
        var checkpoints = DivideUp(entries, PlotLayout.CheckpointInterval);
        // Both end with an entry of zeros.
        _first = new byte[(checkpoints + 1) * layout.CheckpointBytes];
        _second = new byte[(DivideUp(checkpoints, PlotLayout.CheckpointInterval) + 1) * layout.CheckpointBytes];
        var c1 = position + (DivideUp(entries, PlotLayout.ParkEntries) * layout.IndexParkBytes);
        Offsets = [position, c1, c1 + _first.Length, c1 + _first.Length + _second.Length];
        _indexPosition = position;
        _parkPosition = Offsets[^1];
    }

    /// <summary>Where P7, C1, C2 and C3 begin.</summary>
    public long[] Offsets { get; }

    /// <summary>Adds an entry.</summary>
    public void Add(ulong f7, ulong index)
    {
        var place = (int)(_count % PlotLayout.ParkEntries);
        BitPacking.Write(_indices, place * _layout.IndexBits, _layout.IndexBits, index);
        if (place == PlotLayout.ParkEntries - 1)
            WriteIndices();

        var (checkpoint, behind) = Math.DivRem(_count, PlotLayout.CheckpointInterval);
        if (behind == 0)
        {
            if (checkpoint > 0)
                WriteDifferences(PlotLayout.CheckpointInterval - 1);
            BitPacking.Write(_first.AsSpan((int)checkpoint * _layout.CheckpointBytes), 0, _layout.K, f7);
            if (checkpoint % PlotLayout.CheckpointInterval == 0)
                BitPacking.Write(
                    _second.AsSpan((int)(checkpoint / PlotLayout.CheckpointInterval) * _layout.CheckpointBytes), 0, _layout.K, f7);
        }
        else
        {
            if (f7 - _last >= (ulong)DeltaModel.Checkpoints.Encoder.SymbolCount)
                throw new PlottingException($"f7 values {_last} and {f7} are too far apart");
            _differences[behind - 1] = (byte)(f7 - _last);
        }

        _last = f7;
        _count++;
    }

    /// <summary>Writes what is left and returns the length of the file.</summary>
    public long Complete()
    {
        if (_count % PlotLayout.ParkEntries != 0)
            WriteIndices();
        // A checkpoint without followers gets no park (POSPACE.md 6.5).
        var behind = (int)((_count - 1) % PlotLayout.CheckpointInterval);
        if (_count > 0 && behind > 0)
            WriteDifferences(behind);
        RandomAccess.Write(_file, _first, Offsets[1]);
        RandomAccess.Write(_file, _second, Offsets[2]);
        return _parkPosition;
    }

    private void WriteIndices()
    {
        RandomAccess.Write(_file, _indices, _indexPosition);
        _indexPosition += _indices.Length;
        _indices.AsSpan().Clear();
    }

    private void WriteDifferences(int count)
    {
        _park.AsSpan().Clear();
        var size = DeltaModel.Checkpoints.Encoder.Encode(_differences.AsSpan(0, count), _park.AsSpan(SizeBytes));
        if (size < 0)
            throw new PlottingException("the f7 values are too unevenly spread for a park of C3");
        BinaryPrimitives.WriteUInt16BigEndian(_park, (ushort)size);
        RandomAccess.Write(_file, _park, _parkPosition);
        _parkPosition += _park.Length;
    }

    private static long DivideUp(long value, long divisor) => (value + divisor - 1) / divisor;
}
