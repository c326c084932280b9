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

/// <summary>One quality that a harvester found; as many messages as qualities (PROTOCOL.md 8.5).</summary>
/// <param name="ChallengeHash">The challenge.</param>
/// <param name="Quality">The quality.</param>
/// <param name="PlotSize">k of the plot.</param>
public sealed record ChallengeResponseMessage(Bytes32 ChallengeHash, Bytes32 Quality, byte PlotSize) : Message
{
    /// <summary>The function name.</summary>
    public const string Name = "challenge_response";

    /// <inheritdoc/>
    public override string Function => Name;

    internal static MessageCodec Codec { get; } = MessageCodec.Of(
        Name,
        new Field<ChallengeResponseMessage, Bytes32>("challenge_hash", WireTypes.B32, m => m.ChallengeHash),
        new Field<ChallengeResponseMessage, Bytes32>("quality", WireTypes.B32, m => m.Quality),
        new Field<ChallengeResponseMessage, byte>("plot_size", WireTypes.U8, m => m.PlotSize),
        (challengeHash, quality, plotSize) => new(challengeHash, quality, plotSize));
}
