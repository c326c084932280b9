using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Storage.Errors;

namespace Chia.Storage.Maintenance;

/// <summary>
/// <c>db export</c> and the reading half of <c>db import</c>: records of a 4-byte big-endian length and a block's bytes, lowest height
/// first.
/// </summary>
public static class BlockArchive
{
    /// <summary>Writes blocks, by default the chain of the heaviest tip.</summary>
    /// <param name="store">The store.</param>
    /// <param name="output">Receives the records; not flushed to disk, not closed.</param>
    /// <param name="range">Which blocks.</param>
    /// <param name="progress">Told the greatest height written after each batch.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>Blocks written.</returns>
    /// <exception cref="StoreHeightException">The chain does not have these heights.</exception>
    /// <exception cref="StoreDamagedException">The store does not hang together, or a block is damaged.</exception>
    public static async Task<int> Export(
        IBlockReader store, Stream output, ExportRange range, IProgress<uint>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var prefix = new byte[sizeof(uint)];
        var count = 0;
        await foreach (var batch in BlockExport.Read(store, range, cancellationToken).ConfigureAwait(false))
        {
            foreach (var block in batch)
            {
                BinaryPrimitives.WriteUInt32BigEndian(prefix, (uint)block.Bytes.Length);
                await output.WriteAsync(prefix, cancellationToken).ConfigureAwait(false);
                await output.WriteAsync(block.Bytes, cancellationToken).ConfigureAwait(false);
                count++;
            }

            progress?.Report(batch[^1].Record.Height);
        }

        return count;
    }

    /// <summary>Reads records one by one; the length is checked before anything is allocated.</summary>
    /// <param name="input">Read from where it stands to its end; not closed. Give it a buffer: reads are small.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ArchiveFormatException">What follows is not a whole record; those before have been returned.</exception>
    public static async IAsyncEnumerable<ArchiveRecord> Read(
        Stream input, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var prefix = new byte[sizeof(uint)];
        var offset = 0L;
        for (var record = 0; ; record++)
        {
            var read = await input.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            if (read == 0)
                yield break;
            if (read < prefix.Length)
                throw new ArchiveFormatException(ArchiveError.TruncatedLength, offset, record, "the file ends inside a length");
            var length = BinaryPrimitives.ReadUInt32BigEndian(prefix);
            if (length == 0)
                throw new ArchiveFormatException(ArchiveError.EmptyRecord, offset, record, "a record of length 0");
            if (length > FullBlock.MaxSize)
                throw new ArchiveFormatException(
                    ArchiveError.RecordTooLong, offset, record, $"a record of {length} bytes, a block has at most {FullBlock.MaxSize}");
            var bytes = new byte[length];
            read = await input.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (read < bytes.Length)
                throw new ArchiveFormatException(
                    ArchiveError.TruncatedBlock, offset, record, $"the file ends after {read} of a block's {length} bytes");
            yield return new ArchiveRecord(offset, bytes);
            offset += sizeof(uint) + length;
        }
    }
}

/// <summary>One record of an archive.</summary>
/// <param name="Offset">Where it begins, bytes from the start of the reading.</param>
/// <param name="Bytes">The block's bytes, not yet decoded.</param>
public readonly record struct ArchiveRecord(long Offset, byte[] Bytes);
