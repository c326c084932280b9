using Chia.Protocol.Blocks;
using Chia.Protocol.Messages.Fields;

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
