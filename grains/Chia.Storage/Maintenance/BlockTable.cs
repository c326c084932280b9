using System.Globalization;
using System.Text;
using System.Text.Json;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Storage.Maintenance;

/// <summary>
/// Blocks as rows for other programs: comma-separated values with a head line (RFC 4180), or one JSON object a line. Names and order of
/// the columns are stable: new ones come at the end (docs/operations.md, "Tables of blocks").
/// </summary>
public static class BlockTable
{
    /// <summary>One column: its name and the value of a block.</summary>
    private static readonly (string Name, Func<BlockRow, object> Value)[] All =
    [
        ("height", row => (ulong)row.Record.Height),
        ("header_hash", row => row.Record.HeaderHash),
        ("prev_header_hash", row => row.Record.PrevHeaderHash),
        ("on_chain", row => row.IsOnChain),
        ("timestamp", row => row.Record.Timestamp),
        ("weight", row => row.Record.TotalWeight),
        ("difficulty", row => row.Record.Difficulty),
        ("iterations_per_second", row => row.Record.IterationsPerSecond),
        ("iterations", row => row.Block.HeaderBlock.ProofOfTime?.NumberOfIterations ?? 0),
        ("total_iterations", row => row.Record.TotalIterations),
        ("answered_challenge", row => row.Block.HeaderBlock.ProofOfSpace.ChallengeHash),
        ("posed_challenge", row => row.Record.ChallengeHash),
        ("quality", row => row.Record.Quality),
        ("plot_size", row => (ulong)row.Block.HeaderBlock.ProofOfSpace.Size),
        ("plot_id", row => row.Block.HeaderBlock.ProofOfSpace.PlotId()),
        ("pool_public_key", row => row.Block.HeaderBlock.ProofOfSpace.PoolPublicKey),
        ("plot_public_key", row => row.Block.HeaderBlock.ProofOfSpace.PlotPublicKey),
        ("coinbase_amount", row => row.Block.Body.Coinbase.Amount),
        ("coinbase_puzzle_hash", row => row.Block.Body.Coinbase.PuzzleHash),
        ("fees", row => row.Block.Body.FeesTarget.Amount),
        ("fees_puzzle_hash", row => row.Block.Body.FeesTarget.PuzzleHash),
        ("cost", row => row.Block.Body.Cost),
        ("bytes", row => (ulong)row.Length),
    ];

    /// <summary>Names of the columns, in order.</summary>
    internal static IReadOnlyList<string> Columns { get; } = [.. All.Select(column => column.Name)];

    /// <summary>Writes blocks as rows, lowest height first; of equal heights in the order of arrival.</summary>
    /// <param name="store">The store.</param>
    /// <param name="output">Receives UTF-8; not flushed to disk, not closed.</param>
    /// <param name="format">Which form.</param>
    /// <param name="range">Which blocks.</param>
    /// <param name="progress">Told the greatest height written after each batch.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>Rows written, the head line not counted.</returns>
    /// <exception cref="Errors.StoreHeightException">The chain does not have these heights.</exception>
    /// <exception cref="Errors.StoreDamagedException">The store does not hang together, or a block is damaged.</exception>
    public static async Task<int> Write(
        IBlockReader store,
        Stream output,
        BlockTableFormat format,
        ExportRange range,
        IProgress<uint>? progress = null,
        CancellationToken cancellationToken = default)
    {
        if (format == BlockTableFormat.Csv)
            await output.WriteAsync(Encoding.UTF8.GetBytes(string.Join(',', Columns) + "\n"), cancellationToken).ConfigureAwait(false);
        var rows = 0;
        await foreach (var batch in BlockExport.Read(store, range, cancellationToken).ConfigureAwait(false))
        {
            foreach (var block in batch)
            {
                var decoded = StreamableExtensions.Decode<FullBlock>(block.Bytes);
                var row = new BlockRow(block.Record, decoded, block.IsOnChain, block.Bytes.Length);
                await output.WriteAsync(format == BlockTableFormat.Csv ? Csv(row) : JsonLine(row), cancellationToken)
                    .ConfigureAwait(false);
                rows++;
            }

            progress?.Report(batch[^1].Record.Height);
        }

        return rows;
    }

    /// <summary>Values are numbers, truths and hexadecimal digits: nothing needs quotes.</summary>
    private static byte[] Csv(BlockRow row) =>
        Encoding.UTF8.GetBytes(string.Join(',', All.Select(column => Text(column.Value(row)))) + "\n");

    private static byte[] JsonLine(BlockRow row)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in All)
            {
                switch (value(row))
                {
                    case ulong number:
                        json.WriteNumber(name, number);
                        break;
                    case bool truth:
                        json.WriteBoolean(name, truth);
                        break;
                    case var other:
                        json.WriteString(name, $"{other}");
                        break;
                }
            }

            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static string Text(object value) => value switch
    {
        ulong number => number.ToString(CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        _ => $"{value}",
    };

    private sealed record BlockRow(BlockRecord Record, FullBlock Block, bool IsOnChain, int Length);
}

/// <summary>Forms of a table of blocks.</summary>
public enum BlockTableFormat
{
    /// <summary>Comma-separated values with a head line.</summary>
    Csv = 1,

    /// <summary>One JSON object a line.</summary>
    JsonLines,
}
