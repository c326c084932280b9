using Chia.Fuzz.Driver;
using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;
using Chia.Storage.Maintenance;
using Chia.Testing;

namespace Chia.Fuzz.Targets;

/// <summary>Archives of blocks, as <c>db import</c> reads them: records up to the first that is none, which is refused by its
/// offset.</summary>
internal sealed class ArchiveTarget() : FuzzTarget("archives")
{
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        .. new[] { "small40", "real40bt" }.Select(chain => Write(Vectors.Records("chains", chain, "blocks.bin").Take(5))),
        [],
    ];

    public override int ShortRun => 20_000;

    /// <summary>A length may promise the largest block there is, and nothing follow.</summary>
    public override long AllocationBase => FullBlock.MaxSize + (64 * 1024);

    public override void Run(byte[] input)
    {
        var end = 0L;
        try
        {
            foreach (var record in BlockArchive.Read(new MemoryStream(input), CancellationToken.None).ToBlockingEnumerable())
            {
                Promise.That(record.Offset == end && record.Bytes.Length is > 0 and <= FullBlock.MaxSize, "records follow each other");
                end += sizeof(uint) + record.Bytes.Length;
                StreamableExtensions.TryDecode<FullBlock>(record.Bytes, out _);
            }

            Promise.That(end == input.Length, "all of it is read");
        }
        catch (ArchiveFormatException refusal)
        {
            Promise.That(refusal.Offset == end, "the refusal names where the good records end");
        }
    }

    private static byte[] Write(IEnumerable<byte[]> records)
    {
        using var archive = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(uint)];
        foreach (var record in records)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, record.Length);
            archive.Write(length);
            archive.Write(record);
        }

        return archive.ToArray();
    }
}
