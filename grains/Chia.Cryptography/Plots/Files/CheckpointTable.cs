using System.Buffers;
using System.Buffers.Binary;

namespace Chia.Cryptography.Plots;

/// <summary>
/// C1, C2 and C3: from an f7 value to places in P7 (POSPACE.md 9.1). C1 stays in memory, ⌈k/8⌉ bytes for 10000 entries of the
/// plot (1.7 MB at k = 32), which makes C2 superfluous: it is compared once, when the plot is opened.
/// </summary>
internal sealed class CheckpointTable
{
    private const int C1 = 7, C2 = 8, C3 = 9;
    private const int SizeBytes = 2;

    private readonly PlotFile _file;
    private readonly byte[] _first;
    private readonly int _count;

    /// <summary>Reads and checks C1 and C2.</summary>
    public CheckpointTable(PlotFile file)
    {
        _file = file;
        _count = file.Checkpoints;
        _first = ReadAscending(file, _count);
        var second = new byte[(_count + PlotLayout.CheckpointInterval - 1) / PlotLayout.CheckpointInterval * file.Layout.CheckpointBytes];
        file.Read(second, file.Offset(C2));
        for (var i = 0; i < _count; i++)
        {
            if (i % PlotLayout.CheckpointInterval == 0 && Value(second, i / PlotLayout.CheckpointInterval) != Checkpoint(i))
                throw Damaged($"C2 contradicts entry {i} of C1");
        }
    }

    /// <summary>Number of checkpoints.</summary>
    public int Count => _count;

    /// <summary>
    /// Compares the number of entries that C1 and C3 tell with P7: a plot whose last park is missing has more in P7 than behind its
    /// checkpoints.
    /// </summary>
    /// <exception cref="PlotFileException">They do not fit each other.</exception>
    public void CheckEntryCount()
    {
        var entries = EntryCount();

        // In the last park of C3, one or two differences have no coded form (POSPACE.md 6.5); of P7, the last entry may be left out (8.5).
        var uncoded = entries % PlotLayout.CheckpointInterval == 1 && HasLastPark ? 2 : 0;
        var parks = _file.Parks(PlotConstants.Tables);
        var below = _file.Parks(PlotConstants.Tables - 1);
        if (ParksFor(entries - 1) > parks
            || ParksFor(entries + uncoded) < parks
            || ParksFor(entries + uncoded + 1) < below
            || !IsPadding(entries + uncoded))
        {
            throw new PlotFileException(
                _file.Path, PlotFileError.Truncated,
                $"P7 has more or fewer entries than C3, which tells of {entries}: its last park may be missing");
        }
    }

    /// <summary>Where the entries with an f7 value lie in P7: consecutive places.</summary>
    /// <returns>The first place and the number of entries; 0 if there are none.</returns>
    /// <exception cref="PlotFileException">C3 is damaged there.</exception>
    public (long First, int Count) Find(ulong f7)
    {
        var park = LastNotAbove(f7);
        long first = 0;
        var count = 0;
        while (park >= 0)
        {
            var (start, found) = FindInPark(park, f7);
            if (found > 0)
            {
                first = start;
                count += found;
            }

            // Equal entries may reach back over the checkpoint.
            if (found == 0 || Checkpoint(park) != f7)
                break;
            park--;
        }

        return (first, count);
    }

    /// <summary>Number of entries of P7, from the number of checkpoints and the last park.</summary>
    /// <exception cref="PlotFileException">The last park of C3 is damaged.</exception>
    public long EntryCount() => _count == 0
        ? 0
        : ((_count - 1L) * PlotLayout.CheckpointInterval) + ReadPark(_count - 1, new ulong[PlotLayout.CheckpointInterval]);

    /// <summary>The f7 values of a park: the checkpoint and those behind it, up to 10000.</summary>
    public int ReadPark(int park, Span<ulong> values)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PlotLayout.CheckpointInterval);
        try
        {
            var count = ReadDifferences(park, buffer);
            values[0] = Checkpoint(park);
            for (var i = 0; i < count; i++)
                values[i + 1] = values[i] + buffer[i];
            return count + 1;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool HasLastPark => _file.Offset(C3) + ((long)(_count - 1) * _file.Layout.CheckpointParkBytes) < _file.Length;

    private static long ParksFor(long entries) => (entries + PlotLayout.ParkEntries - 1) / PlotLayout.ParkEntries;

    /// <summary>Whether P7 holds nothing from a place on, in the park of that place: the rest of the last park is zero.</summary>
    private bool IsPadding(long place)
    {
        var layout = _file.Layout;
        var (park, index) = Math.DivRem(place, PlotLayout.ParkEntries);
        if (park >= _file.Parks(PlotConstants.Tables))
            return true;
        var bytes = new byte[layout.IndexParkBytes];
        _file.Read(bytes, _file.Offset(PlotConstants.Tables - 1) + (park * layout.IndexParkBytes));
        for (; index < PlotLayout.ParkEntries; index++)
        {
            if (BitPacking.Read(bytes, (int)index * layout.IndexBits, layout.IndexBits) != 0)
                return false;
        }

        return true;
    }

    /// <summary>
    /// C1 piece by piece: memory is taken only for values that ascend, as no hole in a file does. Equal neighbours would be 10001 equal f7
    /// values.
    /// </summary>
    private static byte[] ReadAscending(PlotFile file, int count)
    {
        const int Piece = 1 << 16;
        var (size, k) = (file.Layout.CheckpointBytes, file.Layout.K);
        var values = Array.Empty<byte>();
        ulong last = 0;
        for (var done = 0; done < count;)
        {
            var end = Math.Min(count, done + Piece);
            Array.Resize(ref values, Math.Min(count, Math.Max(end, 2 * done)) * size);
            file.Read(values.AsSpan(done * size, (end - done) * size), file.Offset(C1) + ((long)done * size));
            for (; done < end; done++)
            {
                var value = (ulong)BitPacking.Read(values.AsSpan(done * size), 0, k);
                if (done > 0 && value <= last)
                    throw new PlotFileException(file.Path, PlotFileError.DamagedCheckpoints, $"C1 does not ascend at entry {done}");
                last = value;
            }
        }

        return values;
    }

    private (long First, int Count) FindInPark(int park, ulong f7)
    {
        var differences = ArrayPool<byte>.Shared.Rent(PlotLayout.CheckpointInterval);
        try
        {
            var length = ReadDifferences(park, differences);
            var value = Checkpoint(park);
            var index = 0;
            while (value < f7 && index < length)
                value += differences[index++];
            if (value != f7)
                return (0, 0);
            var start = index;
            while (index < length && differences[index] == 0)
                index++;
            return ((park * (long)PlotLayout.CheckpointInterval) + start, index - start + 1);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(differences);
        }
    }

    // The number of differences is what the stream decodes to: the reference assumes 9999 and reads zeros behind the end (POSPACE.md 9.3).
    private int ReadDifferences(int park, Span<byte> differences)
    {
        differences = differences[..(PlotLayout.CheckpointInterval - 1)];
        var layout = _file.Layout;
        var offset = _file.Offset(C3) + ((long)park * layout.CheckpointParkBytes);
        if (park == _count - 1 && offset == _file.Length)
            return 0;
        var buffer = ArrayPool<byte>.Shared.Rent(layout.CheckpointParkBytes);
        try
        {
            var bytes = buffer.AsSpan(0, layout.CheckpointParkBytes);
            _file.Read(bytes, offset);
            int size = BinaryPrimitives.ReadUInt16BigEndian(bytes);
            if (size > bytes.Length - SizeBytes)
                throw Damaged($"park {park} of C3 claims {size} bytes");
            // One or two differences have no coded form and are lost; only the last park can be that short.
            if (size == 0 && park == _count - 1)
                return 0;
            var count = DeltaModel.Checkpoints.Decoder.Decode(bytes.Slice(SizeBytes, size), differences);
            if (count < 0 || (park < _count - 1 && count != differences.Length))
                throw Damaged($"park {park} of C3 cannot be decoded");
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Binary search for the last checkpoint that is not above the value; −1 if there is none.
    private int LastNotAbove(ulong f7)
    {
        int low = 0, high = _count;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (Checkpoint(middle) <= f7)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }

    private ulong Checkpoint(int index) => Value(_first, index);

    // k bits at the front of ⌈k/8⌉ bytes.
    private ulong Value(byte[] entries, int index) =>
        (ulong)BitPacking.Read(entries.AsSpan(index * _file.Layout.CheckpointBytes), 0, _file.Layout.K);

    private PlotFileException Damaged(string detail) => new(_file.Path, PlotFileError.DamagedCheckpoints, detail);
}
