using Microsoft.Win32.SafeHandles;

namespace Chia.Cryptography.Plots;

/// <summary>
/// Writes a plot file from front to back (POSPACE.md 6); the header, with the offsets, last. The parks of a moment go to the file while
/// the next are made.
/// </summary>
internal sealed class PlotFileWriter(PlotJob job, SafeFileHandle file, PlotHeader header)
{
    private readonly PlotLayout _layout = job.Shape.Layout;
    private readonly long[] _entries = new long[PlotConstants.Tables];
    private UInt128[] _points = [];
    private byte[] _parks = [];
    private byte[] _madeParks = [];
    private int _madeBytes;
    private int _pending;
    private int _added;
    private int _table;
    private long _position = header.Length;
    private CheckpointWriter? _checkpoints;

    /// <summary>Entries of P1 … P7.</summary>
    public IReadOnlyList<long> Entries => _entries;

    /// <summary>Length of the file so far.</summary>
    public long Length => _position;

    /// <summary>Begins P1 … P6.</summary>
    public void BeginTable(int table)
    {
        _table = table;
        header.Offsets[table - 1] = _position;
    }

    /// <summary>Makes room for line points, all of which must be put before they are written.</summary>
    public void BeginLinePoints(int count)
    {
        if (_points.Length < _pending + count)
            Array.Resize(ref _points, (_pending + count) * 9 / 8);
        _added = count;
        _entries[_table - 1] += count;
    }

    /// <summary>Puts line points, ascending, given as distances from <paramref name="lowest"/>. Several threads may.</summary>
    /// <param name="place">How many of those made room for come before.</param>
    /// <param name="points">The line points.</param>
    /// <param name="lowest">Where the distances begin.</param>
    public void PutLinePoints(int place, ReadOnlySpan<ulong> points, ulong lowest)
    {
        var target = _points.AsSpan(_pending + place, points.Length);
        for (var i = 0; i < points.Length; i++)
            target[i] = lowest + points[i];
    }

    /// <summary>Writes the parks that are full.</summary>
    public void WriteFullParks()
    {
        _pending += _added;
        _added = 0;
        var parks = _pending / PlotLayout.ParkEntries;
        WriteParks(parks, parks * PlotLayout.ParkEntries);
        _points.AsSpan(parks * PlotLayout.ParkEntries, _pending % PlotLayout.ParkEntries).CopyTo(_points);
        _pending %= PlotLayout.ParkEntries;
    }

    /// <summary>Writes the last park, which need not be full.</summary>
    public void EndTable()
    {
        if (_pending > 0)
            WriteParks(1, _pending);
        _pending = 0;
    }

    /// <summary>Begins P7, C1, C2 and C3, which are written together.</summary>
    /// <param name="entries">Entries of P7.</param>
    public void BeginCheckpoints(long entries)
    {
        _entries[^1] = entries;
        _checkpoints = new CheckpointWriter(_layout, file, _position, entries);
        _checkpoints.Offsets.CopyTo(header.Offsets, PlotConstants.Tables - 1);
    }

    /// <summary>Adds entries of P7, ascending by (f7, index).</summary>
    public void AddEntries(ReadOnlySpan<ulong> f7, ulong lowest, ReadOnlySpan<ulong> indices)
    {
        for (var i = 0; i < f7.Length; i++)
            _checkpoints!.Add(lowest + f7[i], indices[i]);
    }

    /// <summary>Completes the file: checkpoints, then the header.</summary>
    public void EndCheckpoints()
    {
        WriteMade();
        _position = _checkpoints!.Complete();
        var bytes = new byte[header.Length];
        header.Write(bytes);
        RandomAccess.Write(file, bytes, 0);
    }

    private void WriteParks(int count, int entries)
    {
        var size = _layout.ParkBytes(_table);
        if (_parks.Length < count * size)
            _parks = new byte[count * size];
        job.Parallel(count + 1, i =>
        {
            if (i == 0)
                WriteMade();
            else
                Encode(i - 1, entries, _parks.AsSpan((i - 1) * size, size));
        });
        (_parks, _madeParks, _madeBytes) = (_madeParks, _parks, count * size);
        _position += _madeBytes;
    }

    private void Encode(int park, int entries, Span<byte> target)
    {
        var first = park * PlotLayout.ParkEntries;
        var points = _points.AsSpan(first, Math.Min(PlotLayout.ParkEntries, entries - first));
        if (!ParkEncoder.TryEncode(points, _layout, _table, target))
            throw new PlottingException($"P{_table} has line points too far apart for a park");
    }

    /// <summary>Writes the parks that were made last; they end at the present position.</summary>
    private void WriteMade()
    {
        RandomAccess.Write(file, _madeParks.AsSpan(0, _madeBytes), _position - _madeBytes);
        _madeBytes = 0;
    }
}
