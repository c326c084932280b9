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

/// <summary>The plot's signature of a header (PROTOCOL.md 8.5).</summary>
/// <param name="Quality">Quality of the plot's proof.</param>
/// <param name="HeaderHashSignature">Prepend signature by the plot key.</param>
public sealed record RespondHeaderSignatureMessage(Bytes32 Quality, Bytes96 HeaderHashSignature) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "respond_header_signature";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<RespondHeaderSignatureMessage, Bytes32>("quality", WireTypes.B32, m => m.Quality),
        new Field<RespondHeaderSignatureMessage, Bytes96>("header_hash_signature", WireTypes.Signature, m => m.HeaderHashSignature),
        (quality, headerHashSignature) => new(quality, headerHashSignature));
}
