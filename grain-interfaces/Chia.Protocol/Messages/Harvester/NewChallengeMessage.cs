using Chia.Protocol.Messages.Fields;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Messages;

/// <summary>Asks a harvester to look up qualities (PROTOCOL.md 8.5).</summary>
/// <param name="ChallengeHash">The challenge.</param>
public sealed record NewChallengeMessage(Bytes32 ChallengeHash) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "new_challenge";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<NewChallengeMessage, Bytes32>("challenge_hash", WireTypes.B32, m => m.ChallengeHash),
        challengeHash => new(challengeHash));
}
