using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Consensus.Validation;

/// <summary>
/// A finished header block that keeps every rule which needs nothing but itself, those of its proof of time unless the check was asked to
/// leave them out. Made by <see cref="BlockChecker"/>,
/// or restored from what a trusted checker reported.
/// </summary>
public sealed class CheckedHeader
{
    internal CheckedHeader(HeaderBlock headerBlock, Bytes32 quality)
    {
        HeaderBlock = headerBlock;
        HeaderHash = headerBlock.HeaderHash();
        Challenge = headerBlock.Challenge ?? throw new ArgumentException("the challenge is absent", nameof(headerBlock));
        ProofOfTime = headerBlock.ProofOfTime ?? throw new ArgumentException("the proof of time is absent", nameof(headerBlock));
        ChallengeHash = Challenge.Sha256();
        Quality = quality;
    }

    /// <summary>The header block.</summary>
    internal HeaderBlock HeaderBlock { get; }

    /// <summary>Block id.</summary>
    public Bytes32 HeaderHash { get; }

    /// <summary>Its challenge; always present here.</summary>
    internal Challenge Challenge { get; }

    /// <summary>Its proof of time; always present here.</summary>
    internal ProofOfTime ProofOfTime { get; }

    /// <summary>H(ser(challenge)).</summary>
    public Bytes32 ChallengeHash { get; }

    /// <summary>Quality of the proof of space.</summary>
    public Bytes32 Quality { get; }

    /// <summary>Height; for a checked full block the coinbase's and the challenge's.</summary>
    internal uint Height => Challenge.Height;

    /// <summary>What another process of the same cluster found when it checked this header: its word is taken.</summary>
    /// <exception cref="ArgumentException">Proof of time or challenge is absent.</exception>
    public static CheckedHeader Restore(HeaderBlock headerBlock, Bytes32 quality) => new(headerBlock, quality);
}
