using Chia.Protocol.Messages.Fields;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>Defined and handled, never sent (PROTOCOL.md 8.4).</summary>
/// <param name="Weight">Total weight.</param>
/// <param name="Quality">Quality of a proof of space.</param>
public sealed record ProofOfSpaceArrivedMessage(ulong Weight, Bytes32 Quality) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "proof_of_space_arrived";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<ProofOfSpaceArrivedMessage, ulong>("weight", WireTypes.U64, m => m.Weight),
        new Field<ProofOfSpaceArrivedMessage, Bytes32>("quality", WireTypes.B32, m => m.Quality),
        (weight, quality) => new(weight, quality));
}
