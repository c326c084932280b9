using System.Collections.Immutable;
using Chia.Protocol.Blocks;
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
        new Field<HeaderBlocksMessage, ImmutableArray<HeaderBlock>>(
            "header_blocks", WireTypes.ListOf(WireTypes.HeaderBlock, ItemLimits.Heights), m => m.HeaderBlocks),
        (tipHeaderHash, headerBlocks) => new(tipHeaderHash, headerBlocks));
}

/// <summary>Asks for headers by height; answered by <c>header_blocks</c> or by silence (PROTOCOL.md 8.2).</summary>
/// <param name="TipHeaderHash">Block id of the chain's tip.</param>
/// <param name="Heights">Which; a reference closes when there are more than its configured 25, or one above the tip.</param>
public sealed record RequestHeaderBlocksMessage(Bytes32 TipHeaderHash, ImmutableArray<uint> Heights) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "request_header_blocks";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<RequestHeaderBlocksMessage, Bytes32>("tip_header_hash", WireTypes.B32, m => m.TipHeaderHash),
        new Field<RequestHeaderBlocksMessage, ImmutableArray<uint>>(
            "heights", WireTypes.ListOf(WireTypes.U32, ItemLimits.Heights), m => m.Heights),
        (tipHeaderHash, heights) => new(tipHeaderHash, heights));
}
