using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;

namespace Chia.GrainInterfaces.Chain;

/// <summary>A block that crosses grains: its bytes, and within one process the decoded block as well.</summary>
[GenerateSerializer, Immutable, Alias("chia.BlockData")]
public sealed class BlockData
{
    [Id(0)]
    private readonly byte[] _bytes;

    [NonSerialized]
    private FullBlock? _block;

    /// <summary>From stored bytes, which the caller gives away.</summary>
    public BlockData(byte[] bytes) => _bytes = bytes;

    /// <summary>From a decoded block.</summary>
    public BlockData(FullBlock block)
        : this(block.ToBytes()) => _block = block;

    /// <summary>ser(block).</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The block.</summary>
    public FullBlock Block => _block ??= StreamableExtensions.Decode<FullBlock>(_bytes);
}
