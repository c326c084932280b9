using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;

namespace Chia.Storage;

/// <summary>A block as it is committed: its bytes and what the rules derived from it.</summary>
public sealed class StoredBlock
{
    private StoredBlock(BlockRecord record, byte[] bytes, int headerLength)
    {
        Record = record;
        Bytes = bytes;
        HeaderLength = headerLength;
    }

    /// <summary>What the rules ask of it.</summary>
    internal BlockRecord Record { get; }

    /// <summary>ser(FullBlock).</summary>
    internal byte[] Bytes { get; }

    /// <summary>How many of the first bytes are ser(HeaderBlock), so that header blocks are served without decoding.</summary>
    internal int HeaderLength { get; }

    /// <summary>Serialises the block.</summary>
    public static StoredBlock Create(FullBlock block, BlockRecord record)
    {
        var writer = new StreamableWriter();
        block.HeaderBlock.Write(writer);
        var headerLength = writer.Written.Length;
        block.Body.Write(writer);
        return new StoredBlock(record, writer.Written.ToArray(), headerLength);
    }
}
