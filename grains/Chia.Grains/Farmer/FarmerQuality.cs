using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Farmer;

/// <summary>A quality good enough to be followed up: who has its plot, and how far its block has come.</summary>
internal sealed class FarmerQuality(FarmerChallenge challenge, Bytes32 quality, ulong iterations, ConnectionId harvester, long askedAt)
{
    public FarmerChallenge Challenge { get; } = challenge;

    public Bytes32 Quality { get; } = quality;

    public ulong Iterations { get; } = iterations;

    /// <summary>Connection of the harvester that has the plot; null since it was lost.</summary>
    public ConnectionId? Harvester { get; set; } = harvester;

    /// <summary>When the proof was asked for, on the monotonic clock.</summary>
    public long AskedAt { get; set; } = askedAt;

    /// <summary>The proof was never delivered, or was bad: the quality no longer keeps others from being followed up.</summary>
    public bool IsGivenUp { get; set; }

    /// <summary>How often harvesters did not deliver the proof, by connection.</summary>
    public Dictionary<ConnectionId, int> FailedBy { get; } = [];

    /// <summary>The proof is being verified.</summary>
    public bool IsVerifying { get; set; }

    /// <summary>The proof, once verified, and the coinbase that goes with it.</summary>
    public VerifiedProof? Proof { get; set; }

    /// <summary>Full nodes asked for a header, by connection; each of them makes its own (ROLES.md 3.3).</summary>
    public Dictionary<ConnectionId, HeaderToSign> Headers { get; } = [];

    /// <summary>Headers that their full nodes have replaced, the newest few: a signature for one may be on its way.</summary>
    public Queue<Bytes32> ReplacedHeaders { get; } = [];
}

/// <summary>A header that a full node was asked for around one of our proofs.</summary>
/// <param name="askedAt">When it was, on the monotonic clock.</param>
/// <param name="isAgain">It was asked for before, and has lost it, or so it seemed.</param>
internal sealed class HeaderToSign(long askedAt, bool isAgain)
{
    public long AskedAt => askedAt;

    public bool IsAgain => isAgain;

    /// <summary>H(ser(header data)), which the harvester signs; null until the full node has made it.</summary>
    public Bytes32? Hash { get; init; }

    /// <summary>The signature went to the full node.</summary>
    public bool IsSigned { get; set; }

    /// <summary>The harvester's signature is waited for.</summary>
    public bool IsUnsigned => Hash is not null && !IsSigned;
}

/// <summary>A proof that was verified, ready to become a block.</summary>
/// <param name="Proof">The proof of space.</param>
/// <param name="PosHash">H(ser(proof)): names it to full nodes.</param>
/// <param name="Coinbase">The reward of the block around it.</param>
/// <param name="CoinbaseSignature">Prepend signature by the pool key that the plot carries.</param>
internal sealed record VerifiedProof(ProofOfSpace Proof, Bytes32 PosHash, CoinbaseInfo Coinbase, Bytes96 CoinbaseSignature);
