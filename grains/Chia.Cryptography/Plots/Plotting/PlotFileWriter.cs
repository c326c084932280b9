using Microsoft.Win32.SafeHandles;

namespace Chia.Cryptography.Plots;

/// <summary>Writes a plot file from front to back (POSPACE.md 6); the header, with the offsets, last.</summary>
internal sealed class PlotFileWriter(PlotJob job, SafeFileHandle file, PlotHeader header)
{
    private readonly PlotLayout _layout = job.Shape.Layout;
    private readonly long[] _entries = new long[PlotConstants.Tables];
    private UInt128[] _points = [];
    private byte[] _parks = [];
    private int _pending;
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

    /// <summary>Adds line points, ascending, given as distances from <paramref name="lowest"/>.</summary>
    public void AddLinePoints(ReadOnlySpan<ulong> points, ulong lowest)
    {
        if (_points.Length < _pending + points.Length)
            Array.Resize(ref _points, (_pending + points.Length) * 9 / 8);
        foreach (var point in points)
            _points[_pending++] = lowest + point;
        _entries[_table - 1] += points.Length;
    }

    /// <summary>Writes the parks that are full.</summary>
    public void WriteFullParks()
    {
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
        job.Parallel(count, i =>
        {
            var first = i * PlotLayout.ParkEntries;
            var points = _points.AsSpan(first, Math.Min(PlotLayout.ParkEntries, entries - first));
            if (!ParkEncoder.TryEncode(points, _layout, _table, _parks.AsSpan(i * size, size)))
                throw new PlottingException($"P{_table} has line points too far apart for a park");
        });
        RandomAccess.Write(file, _parks.AsSpan(0, count * size), _position);
        _position += (long)count * size;
    }
}
