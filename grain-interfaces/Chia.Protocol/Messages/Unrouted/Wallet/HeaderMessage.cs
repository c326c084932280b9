using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>A header with its filter. Defined, neither sent nor handled (PROTOCOL.md 8.8).</summary>
/// <param name="HeaderBlock">The header.</param>
/// <param name="Bip158Filter">Filter of the block's transactions.</param>
internal sealed record HeaderMessage(HeaderBlock HeaderBlock, ByteString Bip158Filter) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "header";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<HeaderMessage, HeaderBlock>("header_block", WireTypes.HeaderBlock, m => m.HeaderBlock),
        new Field<HeaderMessage, ByteString>("bip158_filter", WireTypes.Bytes(ItemLimits.FilterBytes), m => m.Bip158Filter),
        (headerBlock, bip158Filter) => new(headerBlock, bip158Filter));
}

/// <summary>Asks for a header. Defined, neither sent nor handled (PROTOCOL.md 8.8).</summary>
/// <param name="HeaderHash">Block id.</param>
internal sealed record RequestHeaderMessage(Bytes32 HeaderHash) : Message
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
