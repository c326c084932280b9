using Chia.Protocol.Blocks;

namespace Chia.Protocol.Messages;

/// <summary>A block that awaits its proof of time (PROTOCOL.md 8.2).</summary>
/// <param name="Block">The block, without proof of time and challenge; that they are absent is for its handler to check.</param>
public sealed record UnfinishedBlockMessage(FullBlock Block) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "unfinished_block";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<UnfinishedBlockMessage, FullBlock>("block", WireTypes.FullBlock, m => m.Block),
        block => new(block));
}
