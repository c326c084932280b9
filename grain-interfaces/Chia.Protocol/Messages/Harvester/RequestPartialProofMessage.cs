using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>Asks for a signature of the farmer's target, as a pool would want it (PROTOCOL.md 8.5).</summary>
/// <param name="Quality">Quality of the plot's proof.</param>
/// <param name="FarmerTargetHash">What to sign.</param>
public sealed record RequestPartialProofMessage(Bytes32 Quality, Bytes32 FarmerTargetHash) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "request_partial_proof";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<RequestPartialProofMessage, Bytes32>("quality", WireTypes.B32, m => m.Quality),
        new Field<RequestPartialProofMessage, Bytes32>("farmer_target_hash", WireTypes.B32, m => m.FarmerTargetHash),
        (quality, farmerTargetHash) => new(quality, farmerTargetHash));
}

/// <summary>The plot's signature of the farmer's target (PROTOCOL.md 8.5).</summary>
/// <param name="Quality">Quality of the plot's proof.</param>
/// <param name="FarmerTargetSignature">Prepend signature by the plot key.</param>
public sealed record RespondPartialProofMessage(Bytes32 Quality, Bytes96 FarmerTargetSignature) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "respond_partial_proof";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<RespondPartialProofMessage, Bytes32>("quality", WireTypes.B32, m => m.Quality),
        new Field<RespondPartialProofMessage, Bytes96>("farmer_target_signature", WireTypes.Signature, m => m.FarmerTargetSignature),
        (quality, farmerTargetSignature) => new(quality, farmerTargetSignature));
}
