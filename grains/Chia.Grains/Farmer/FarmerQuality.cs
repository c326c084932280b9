using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Farmer;

/// <summary>A quality good enough to be followed up: who has its plot, and how far its block has come.</summary>
internal sealed class FarmerQuality(FarmerChallenge challenge, Bytes32 quality, ulong iterations, string harvester, DateTimeOffset askedAt)
{
    public FarmerChallenge Challenge { get; } = challenge;

    public Bytes32 Quality { get; } = quality;

    public ulong Iterations { get; } = iterations;

    /// <summary>Connection of the harvester that has the plot; null since it was lost.</summary>
    public string? Harvester { get; set; } = harvester;

    /// <summary>When the proof was asked for.</summary>
    public DateTimeOffset AskedAt { get; set; } = askedAt;

    /// <summary>The proof was never delivered, or was bad: the quality no longer keeps others from being followed up.</summary>
    public bool IsGivenUp { get; set; }

    /// <summary>The proof is being verified.</summary>
    public bool IsVerifying { get; set; }

    /// <summary>The proof, once verified, and the coinbase that goes with it.</summary>
    public VerifiedProof? Proof { get; set; }

    /// <summary>Full nodes asked for a header, by connection; each of them makes its own (ROLES.md 3.3).</summary>
    public Dictionary<string, HeaderToSign?> Headers { get; } = [];
}
