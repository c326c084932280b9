using Chia.Protocol.Messages.Fields;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>Ancestors of a block; the reference's list of them has no name and so never travels. Defined, neither sent nor handled (PROTOCOL.md 8.8).</summary>
/// <param name="HeaderHash">Block id.</param>
public sealed record AncestorsMessage(Bytes32 HeaderHash) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "ancestors";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<AncestorsMessage, Bytes32>("header_hash", WireTypes.B32, m => m.HeaderHash),
        headerHash => new(headerHash));
}
