using System.Collections.Immutable;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages.Fields;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>The headers that were asked for (PROTOCOL.md 8.2). Never empty.</summary>
/// <param name="TipHeaderHash">As in the request.</param>
/// <param name="HeaderBlocks">One per requested height, in the order of the request.</param>
public sealed record HeaderBlocksMessage(Bytes32 TipHeaderHash, ImmutableArray<HeaderBlock> HeaderBlocks) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "header_blocks";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<HeaderBlocksMessage, Bytes32>("tip_header_hash", WireTypes.B32, m => m.TipHeaderHash),
        new Field<HeaderBlocksMessage, ImmutableArray<HeaderBlock>>("header_blocks", WireTypes.ListOf(WireTypes.HeaderBlock, ItemLimits.Heights), m => m.HeaderBlocks),
        (tipHeaderHash, headerBlocks) => new(tipHeaderHash, headerBlocks));
}
