using System.Collections.Immutable;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>The blocks that were asked for (PROTOCOL.md 8.2).</summary>
/// <param name="TipHeaderHash">As in the request.</param>
/// <param name="Blocks">One per requested height, in the order of the request.</param>
public sealed record SyncBlocksMessage(Bytes32 TipHeaderHash, ImmutableArray<FullBlock> Blocks) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "sync_blocks";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<SyncBlocksMessage, Bytes32>("tip_header_hash", WireTypes.B32, m => m.TipHeaderHash),
        new Field<SyncBlocksMessage, ImmutableArray<FullBlock>>(
            "blocks", WireTypes.ListOf(WireTypes.FullBlock, ItemLimits.Heights), m => m.Blocks),
        (tipHeaderHash, blocks) => new(tipHeaderHash, blocks));
}

/// <summary>Asks for blocks by height; answered by <c>sync_blocks</c> or by silence (PROTOCOL.md 8.2).</summary>
/// <param name="TipHeaderHash">Block id of the chain's tip.</param>
/// <param name="Heights">Which; a reference closes when there are more than its configured 5, or one above the tip.</param>
public sealed record RequestSyncBlocksMessage(Bytes32 TipHeaderHash, ImmutableArray<uint> Heights) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "request_sync_blocks";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<RequestSyncBlocksMessage, Bytes32>("tip_header_hash", WireTypes.B32, m => m.TipHeaderHash),
        new Field<RequestSyncBlocksMessage, ImmutableArray<uint>>(
            "heights", WireTypes.ListOf(WireTypes.U32, ItemLimits.Heights), m => m.Heights),
        (tipHeaderHash, heights) => new(tipHeaderHash, heights));
}
