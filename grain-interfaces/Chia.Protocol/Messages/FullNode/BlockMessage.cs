using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>A finished block: a new tip, or the answer to <c>request_block</c> (PROTOCOL.md 8.2).</summary>
/// <param name="Block">The block.</param>
public sealed record BlockMessage(FullBlock Block) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "block";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<BlockMessage, FullBlock>("block", WireTypes.FullBlock, m => m.Block),
        block => new(block));
}

/// <summary>Asks for a block; answered by <c>block</c> or by silence (PROTOCOL.md 8.2).</summary>
/// <param name="HeaderHash">Block id.</param>
public sealed record RequestBlockMessage(Bytes32 HeaderHash) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "request_block";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<RequestBlockMessage, Bytes32>("header_hash", WireTypes.B32, m => m.HeaderHash),
        headerHash => new(headerHash));
}
