using System.Buffers;
using Chia.Protocol.Primitives;

namespace Chia.Cryptography.Plots;

/// <summary>
/// Answers challenges from a plot file (POSPACE.md 9). Finds every entry, those at checkpoints and the last included, which the
/// reference's prover misses. Safe from any thread; holds one file handle and the C1 table.
/// </summary>
public sealed class PlotProver : IDisposable
{
    private readonly PlotFile _file;
    private readonly CheckpointTable _checkpoints;

    private PlotProver(PlotFile file)
    {
        _file = file;
        _checkpoints = new CheckpointTable(file);
        _checkpoints.CheckEntryCount();
    }

    /// <summary>The path as given to <see cref="Open"/>.</summary>
    public string Path => _file.Path;

    /// <summary>The plot id.</summary>
    public Bytes32 PlotId => _file.Header.PlotId;

    /// <summary>Plot size.</summary>
    public int K => _file.Header.K;

    /// <summary>The plotter's memo; the reference leaves it empty.</summary>
    internal ReadOnlyMemory<byte> Memo => _file.Header.Memo;

    /// <summary>Length of the file in bytes.</summary>
    internal long Length => _file.Length;

    /// <summary>The tables behind this prover, for tests and checks.</summary>
    internal PlotFile File => _file;

    /// <summary>The checkpoints behind this prover, for tests and checks.</summary>
    internal CheckpointTable Checkpoints => _checkpoints;

    /// <summary>Opens a plot file; reads its header, C1, C2 and the last parks of C3 and P7, and checks that they fit each other and the
    /// file's length.</summary>
    /// <exception cref="PlotFileException">The file is damaged, or no plot of this format.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static PlotProver Open(string path)
    {
        var file = PlotFile.Open(path);
        try
        {
            return new PlotProver(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The qualities of all proofs for a challenge, on average fewer than one. One read of C3; per proof one of P7 and six of P6
    /// … P1.</summary>
    /// <exception cref="PlotFileException">The file is damaged at a place that the look-up needs.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlyList<PlotQuality> GetQualities(Bytes32 challenge)
    {
        var (first, count) = _checkpoints.Find(PlotFunctions.LeadingBits(challenge, K));
        if (count == 0)
            return [];
        var qualities = new PlotQuality[count];
        Span<byte> text = stackalloc byte[ProofOfSpaceVerifier.MaxQualityStringLength];
        for (var i = 0; i < count; i++)
        {
            var length = ReadQualityString(ReadIndex(first + i), challenge, text);
            qualities[i] = new PlotQuality(i, ByteString.Copy(text[..length]), ProofOfSpaceVerifier.QualityOf(challenge, text[..length]));
        }

        return qualities;
    }

    /// <summary>A full proof, in proof order, as blocks carry it; 63 park reads. What is returned has been verified.</summary>
    /// <param name="challenge">The challenge.</param>
    /// <param name="index">The quality's <see cref="PlotQuality.Index"/>.</param>
    /// <param name="proof">8·k bytes.</param>
    /// <returns>False if the plot has no such proof.</returns>
    /// <exception cref="PlotFileException">The file is damaged at a place that the proof needs.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public bool TryGetProof(Bytes32 challenge, int index, out ByteString proof)
    {
        proof = default;
        var f7 = PlotFunctions.LeadingBits(challenge, K);
        var (first, count) = _checkpoints.Find(f7);
        if (index < 0 || index >= count)
            return false;

        Span<ulong> values = stackalloc ulong[PlotConstants.ProofValues];
        ReadValues(ReadIndex(first + index), values);
        if (!ProofTree.TryToProofOrder(new PlotFunctions(PlotId, K), values, out var actual) || actual != f7)
            throw new PlotFileException(
                Path, PlotFileError.InvalidProof, $"entry {first + index} of P7 leads to values that are no proof");

        var bytes = new byte[BitPacking.Bytes(PlotConstants.ProofValues * K)];
        for (var i = 0; i < values.Length; i++)
            BitPacking.Write(bytes, i * K, K, values[i]);
        proof = ByteString.Adopt(bytes);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Entry of P7: an index into P6. Parks have no slack, so P7 is one long bit string.</summary>
    internal ulong ReadIndex(long entry)
    {
        if (entry >= _file.Parks(PlotConstants.Tables) * PlotLayout.ParkEntries)
            throw new PlotFileException(Path, PlotFileError.DamagedCheckpoints, $"C3 leads to entry {entry}, beyond P7");
        Span<byte> bytes = stackalloc byte[sizeof(ulong) + 1];
        var bit = entry * _file.Layout.IndexBits;
        var offset = (int)(bit & 7);
        bytes = bytes[..BitPacking.Bytes(offset + _file.Layout.IndexBits)];
        _file.Read(bytes, _file.Offset(PlotConstants.Tables - 1) + (bit >> 3));
        return (ulong)BitPacking.Read(bytes, offset, _file.Layout.IndexBits);
    }

    // The challenge's five low bits choose the branch, the most significant at table 6; the pair they end at is the quality string.
    private int ReadQualityString(ulong position, Bytes32 challenge, Span<byte> text)
    {
        for (var table = PlotConstants.Tables - 1; table > 1; table--)
        {
            var (x, y) = ReadPair(table, position);
            position = (challenge.Span[^1] >> (table - 2) & 1) == 0 ? y : x;
        }

        var (larger, smaller) = ReadPair(1, position);
        var length = BitPacking.Bytes(2 * K);
        text[..length].Clear();
        BitPacking.Write(text, 0, K, smaller);
        BitPacking.Write(text, K, K, larger);
        return length;
    }

    // Smaller index first at every node: plot order.
    private void ReadValues(ulong position, Span<ulong> values)
    {
        values[0] = position;
        var count = 1;
        for (var table = PlotConstants.Tables - 1; table >= 1; table--, count *= 2)
        {
            for (var i = count - 1; i >= 0; i--)
                (values[(2 * i) + 1], values[2 * i]) = ReadPair(table, values[i]);
        }
    }

    private (ulong X, ulong Y) ReadPair(int table, ulong position)
    {
        var park = position / PlotLayout.ParkEntries;
        if (park >= (ulong)_file.Parks(table))
            throw new PlotFileException(Path, PlotFileError.DamagedPark, $"an entry leads to position {position}, beyond P{table}");
        var size = _file.Layout.ParkBytes(table);
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            _file.Read(buffer.AsSpan(0, size), _file.Offset(table - 1) + ((long)park * size));
            if (!new Park(buffer.AsSpan(0, size), _file.Layout, table).TryGet((int)(position % PlotLayout.ParkEntries), out var linePoint))
                throw new PlotFileException(
                    Path, PlotFileError.DamagedPark, $"park {park} of P{table} cannot be decoded at position {position}");
            var pair = LinePoint.Decode(linePoint);
            if (table == 1 && pair.X >> K != 0)
                throw new PlotFileException(Path, PlotFileError.DamagedPark, $"park {park} of P1 holds a value of more than {K} bits");
            return pair;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

/// <summary>A proof of space that a plot holds for a challenge, without its full values.</summary>
/// <param name="Index">Which of the plot's answers to the challenge it is, from 0; names the full proof.</param>
/// <param name="QualityString">⌈2k/8⌉ bytes.</param>
/// <param name="Quality">H(challenge ‖ quality string).</param>
public sealed record PlotQuality(int Index, ByteString QualityString, Bytes32 Quality);
