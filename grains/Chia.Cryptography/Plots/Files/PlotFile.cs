using Microsoft.Win32.SafeHandles;

namespace Chia.Cryptography.Plots;

/// <summary>An open plot file whose header has been checked against the file. Reads carry their own offset: safe from any
/// thread.</summary>
internal sealed class PlotFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private PlotFile(string path, SafeFileHandle handle, PlotHeader header, long length)
    {
        Path = path;
        _handle = handle;
        Header = header;
        Layout = new PlotLayout(header.K);
        Length = length;
    }

    /// <summary>The path as given.</summary>
    public string Path { get; }

    /// <summary>The header.</summary>
    public PlotHeader Header { get; }

    /// <summary>Sizes that follow from k.</summary>
    public PlotLayout Layout { get; }

    /// <summary>Length of the file in bytes.</summary>
    public long Length { get; }

    /// <summary>Number of C1 entries before the closing zero.</summary>
    public int Checkpoints => checked((int)(Size(7) / Layout.CheckpointBytes)) - 1;

    /// <summary>Opens a plot and checks its header.</summary>
    /// <exception cref="PlotFileException">The file is damaged or something else.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static PlotFile Open(string path)
    {
        var handle = File.OpenHandle(path, options: FileOptions.RandomAccess);
        try
        {
            var length = RandomAccess.GetLength(handle);
            if (length == 0)
                throw new PlotFileException(path, PlotFileError.NotAPlot, "it is empty");
            if (length < PlotLayout.EmptyHeaderBytes)
                throw new PlotFileException(path, PlotFileError.Truncated, $"it has {length} bytes, less than a header");
            Span<byte> start = stackalloc byte[PlotHeader.FixedBytes];
            ReadExactly(handle, path, start, 0);
            var header = new byte[PlotHeader.ReadLength(path, start)];
            ReadExactly(handle, path, header, 0);
            var file = new PlotFile(path, handle, PlotHeader.Read(path, header), length);
            file.CheckOffsets();
            return file;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Number of parks that there is room for in P1 … P7.</summary>
    public long Parks(int table) => Size(table - 1) / Layout.ParkBytes(table);

    /// <summary>Where a table begins: 0 … 9 for P1 … P7, C1, C2, C3.</summary>
    public long Offset(int pointer) => Header.Offsets[pointer];

    /// <summary>Fills the buffer from an absolute offset.</summary>
    /// <exception cref="PlotFileException">The file ends before that.</exception>
    public void Read(Span<byte> buffer, long offset) => ReadExactly(_handle, Path, buffer, offset);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    /// <summary>Bytes of a table; C3 extends to the end of the file.</summary>
    private long Size(int pointer) =>
        (pointer + 1 < PlotLayout.Pointers ? Header.Offsets[pointer + 1] : Length) - Header.Offsets[pointer];

    // Tables follow each other without gaps, so each distance is a whole number of parks (POSPACE.md 6.1).
    private void CheckOffsets()
    {
        if (Offset(0) != Header.Length)
            throw Damaged($"P1 begins at {Offset(0)}, not behind the header at {Header.Length}");
        for (var i = 0; i < PlotLayout.Pointers; i++)
        {
            if (i > 0 && Offset(i) < Offset(i - 1))
                throw Damaged($"{PlotHeader.TableName(i)} begins before {PlotHeader.TableName(i - 1)}");
            if (Offset(i) > Length)
                throw new PlotFileException(
                    Path, PlotFileError.Truncated, $"{PlotHeader.TableName(i)} begins at {Offset(i)}, the file ends at {Length}");
        }

        for (var table = 1; table <= PlotConstants.Tables; table++)
        {
            if (Size(table - 1) % Layout.ParkBytes(table) != 0)
                throw Damaged($"P{table} is not a whole number of parks: {Size(table - 1)} bytes");
        }

        CheckParkCounts();
        CheckCheckpointSizes();
    }

    /// <summary>
    /// Every entry of P7 has one of P6, whose last one the reference may leave out (POSPACE.md 8.5); every entry of P2 … P6 uses two
    /// below, so that a table has at most twice the entries of the next. P7 has fewer than 2^k entries for every plot id met; 2^(k+1)
    /// bounds what is read.
    /// </summary>
    private void CheckParkCounts()
    {
        for (var table = 1; table <= PlotConstants.Tables; table++)
        {
            if (Parks(table) == 0)
                throw Damaged($"P{table} is empty");
            if (table < PlotConstants.Tables - 1 && Parks(table) > 2 * Parks(table + 1))
                throw Damaged(
                    $"P{table} has {Parks(table)} parks, more than its entries in P{table + 1} can use: {Parks(table + 1)} parks");
        }

        if (Parks(7) != Parks(6) && Parks(7) != Parks(6) - 1)
            throw Damaged($"P7 has {Parks(7)} parks and P6 {Parks(6)}: they belong to the same entries");
        if ((Parks(7) - 1) * PlotLayout.ParkEntries >= 1L << (Header.K + 1))
            throw Damaged($"P7 has {Parks(7)} parks, too many for k = {Header.K}");
    }

    private void CheckCheckpointSizes()
    {
        var entry = Layout.CheckpointBytes;
        if (Size(7) % entry != 0 || Size(8) % entry != 0 || Size(7) < entry || Size(8) < entry)
            throw Damaged($"C1 and C2 have {Size(7)} and {Size(8)} bytes, not entries of {entry}");
        // How many entries the last checkpoint has is in its own park: PlotProver looks there.
        var checkpoints = (Size(7) / entry) - 1;
        if ((checkpoints - 1) * PlotLayout.CheckpointInterval >= (Parks(7) + 1) * PlotLayout.ParkEntries
            || checkpoints * PlotLayout.CheckpointInterval < (Parks(7) - 1) * PlotLayout.ParkEntries)
        {
            throw Damaged($"{checkpoints} checkpoints do not go with {Parks(7)} parks of P7");
        }

        if (checkpoints == 0 || Size(7) > Array.MaxLength)
            throw Damaged($"{checkpoints} checkpoints");
        if ((Size(8) / entry) - 1 != (checkpoints + PlotLayout.CheckpointInterval - 1) / PlotLayout.CheckpointInterval)
            throw Damaged($"C2 has {(Size(8) / entry) - 1} entries for {checkpoints} of C1");

        // A last checkpoint without followers has no park of its own (POSPACE.md 6.5).
        var parks = (double)Size(9) / Layout.CheckpointParkBytes;
        if (parks < checkpoints - 1)
            throw new PlotFileException(Path, PlotFileError.Truncated, $"C3 has {Size(9)} bytes for {checkpoints} checkpoints");
        if (parks != checkpoints && parks != checkpoints - 1)
        {
            var error = parks < checkpoints ? PlotFileError.Truncated : PlotFileError.DamagedHeader;
            throw new PlotFileException(Path, error, $"C3 has {Size(9)} bytes for {checkpoints} checkpoints");
        }
    }

    private PlotFileException Damaged(string detail) => new(Path, PlotFileError.DamagedHeader, detail);

    private static void ReadExactly(SafeFileHandle handle, string path, Span<byte> buffer, long offset)
    {
        while (!buffer.IsEmpty)
        {
            var read = RandomAccess.Read(handle, buffer, offset);
            if (read == 0)
                throw new PlotFileException(path, PlotFileError.Truncated, $"it ends at {offset}, inside something that should follow");
            buffer = buffer[read..];
            offset += read;
        }
    }
}
