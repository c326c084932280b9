using Microsoft.Win32.SafeHandles;

namespace Chia.Cryptography.Plots;

/// <summary>
/// Writes a plot file from front to back (POSPACE.md 6); the header, with the offsets, last. While line points are put, those before
/// them are encoded, and the parks before those go to the file; and the disk gets every table while the next is made, so that nobody
/// waits for it at the end.
/// </summary>
internal sealed class PlotFileWriter(PlotJob job, SafeFileHandle file, PlotHeader header) : IDisposable
{
    private readonly PlotLayout _layout = job.Shape.Layout;
    private readonly long[] _entries = new long[PlotConstants.Tables];
    private BackgroundFlush? _flushing;

    // Being put: the line points from the last park that was not full on.
    private UInt128[] _points = [];
    private int _begin;
    private int _count;

    // Being encoded.
    private UInt128[] _closed = [];
    private int _closedCount;
    private byte[] _parks = [];
    private int _parksDue;
    private int _parksBytes;
    private long _parksPosition;

    // Being written.
    private byte[] _made = [];
    private int _madeBytes;
    private long _madePosition;
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

    /// <summary>Makes room for line points, all of which must be put before the next call. Work is <see cref="Due"/> then on those
    /// put so far.</summary>
    public void BeginLinePoints(int count)
    {
        _entries[_table - 1] += count;
        Turn(_count / PlotLayout.ParkEntries, count);
    }

    /// <summary>Puts line points, ascending, given as distances from <paramref name="lowest"/>. Several threads may.</summary>
    /// <param name="place">How many of those made room for come before.</param>
    /// <param name="points">The line points.</param>
    /// <param name="lowest">Where the distances begin.</param>
    public void PutLinePoints(int place, ReadOnlySpan<ulong> points, ulong lowest)
    {
        var target = _points.AsSpan(_begin + place, points.Length);
        for (var i = 0; i < points.Length; i++)
            target[i] = lowest + points[i];
    }

    /// <summary>Pieces of work: parks to encode, and what is encoded to be written.</summary>
    public int Due => _parksDue + 1;

    /// <summary>Does one of them, on any thread; all must be done before line points are begun again.</summary>
    public void Do(int piece)
    {
        if (piece == 0)
            WriteMade();
        else
            Encode(piece - 1);
    }

    /// <summary>Encodes what is left; the last park need not be full.</summary>
    public void EndTable()
    {
        Turn((_count + PlotLayout.ParkEntries - 1) / PlotLayout.ParkEntries, 0);
        job.Parallel(Due, Do);
        Flush();
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

    /// <summary>Completes the file: checkpoints, then the header. It is on the disk afterwards.</summary>
    public void EndCheckpoints()
    {
        Turn(0, 0);
        WriteMade();
        _position = _checkpoints!.Complete();
        var bytes = new byte[header.Length];
        header.Write(bytes);
        RandomAccess.Write(file, bytes, 0);
        _flushing?.Join();
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Waits until nobody uses the file.</summary>
    public void Dispose() => _flushing?.WaitForEnd();

    /// <summary>Closes what has been put, and what has been encoded.</summary>
    /// <param name="parks">Parks to encode; what is left goes before what is put next.</param>
    /// <param name="room">Line points to make room for.</param>
    private void Turn(int parks, int room)
    {
        (_parks, _made, _madeBytes, _madePosition) = (_made, _parks, _parksBytes, _parksPosition);
        (_parksDue, _parksBytes, _parksPosition) = (parks, parks * _layout.ParkBytes(_table), _position);
        _position += _parksBytes;
        (_points, _closed, _closedCount) = (_closed, _points, Math.Min(_count, parks * PlotLayout.ParkEntries));
        (_begin, _count) = (_count - _closedCount, _count - _closedCount + room);
        if (_points.Length < _count)
            _points = new UInt128[_count * 9L / 8];
        if (_parks.Length < _parksBytes)
            _parks = new byte[_parksBytes * 9L / 8];
        _closed.AsSpan(_closedCount, _begin).CopyTo(_points);
    }

    private void Encode(int park)
    {
        var size = _layout.ParkBytes(_table);
        var first = park * PlotLayout.ParkEntries;
        var points = _closed.AsSpan(first, Math.Min(PlotLayout.ParkEntries, _closedCount - first));
        if (!ParkEncoder.TryEncode(points, _layout, _table, _parks.AsSpan(park * size, size)))
            throw new PlottingException($"P{_table} has line points too far apart for a park");
    }

    private void WriteMade()
    {
        RandomAccess.Write(file, _made.AsSpan(0, _madeBytes), _madePosition);
        _madeBytes = 0;
    }

    /// <summary>Begins to bring to the disk what has been written so far, unless that is still under way; an error comes out at the
    /// end.</summary>
    private void Flush()
    {
        if (_flushing is null or { IsDone: true })
            _flushing = new BackgroundFlush(file);
    }
}
