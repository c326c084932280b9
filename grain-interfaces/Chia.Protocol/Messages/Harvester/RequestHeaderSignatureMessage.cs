using Chia.Protocol.Messages.Fields;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>Asks the harvester that holds the plot to sign; sent to all harvesters (PROTOCOL.md 8.5).</summary>
/// <param name="Quality">Quality of the plot's proof.</param>
/// <param name="HeaderHash">H(ser(header data)): what to sign.</param>
public sealed record RequestHeaderSignatureMessage(Bytes32 Quality, Bytes32 HeaderHash) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "request_header_signature";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<RequestHeaderSignatureMessage, Bytes32>("quality", WireTypes.B32, m => m.Quality),
        new Field<RequestHeaderSignatureMessage, Bytes32>("header_hash", WireTypes.B32, m => m.HeaderHash),
        (quality, headerHash) => new(quality, headerHash));
}
