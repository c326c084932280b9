using Chia.Protocol.Messages.Fields;
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
