using Chia.Protocol.Messages.Fields;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>Asks for a header. Defined, neither sent nor handled (PROTOCOL.md 8.8).</summary>
/// <param name="HeaderHash">Block id.</param>
public sealed record RequestHeaderMessage(Bytes32 HeaderHash) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "request_header";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<RequestHeaderMessage, Bytes32>("header_hash", WireTypes.B32, m => m.HeaderHash),
        headerHash => new(headerHash));
}
