using Chia.Grains.Work;

namespace Chia.Grains.Farmer;

/// <summary>The reference's configuration of a farmer (ROLES.md 2.1), and our own bounds.</summary>
public sealed record FarmerOptions
{
    /// <summary>Whom it talks to.</summary>
    public PeerAccess AcceptFrom { get; set; } = PeerAccess.Configured;

    /// <summary>pool_share_threshold: a proof expected to need less is signed for the pool. Seconds, the mandatory ones
    /// included.</summary>
    public uint PoolShareThreshold { get; set; } = 12_000;

    /// <summary>propagate_threshold: a proof expected to need less becomes a block. Seconds, the mandatory ones included.</summary>
    public uint PropagateThreshold { get; set; } = 10_000;

    /// <summary>Iterations per second assumed of a full node that has not told.</summary>
    public ulong InitialIpsEstimate { get; set; } = 10_000;

    /// <summary>Below this height only answers that beat the best so far are followed up (ROLES.md 3.2).</summary>
    public uint BestOnlyBelowHeight { get; set; } = 1000;

    /// <summary>Challenges of less than the greatest weight are kept this long: they are still tips for a block or two.</summary>
    public TimeSpan ChallengeAge { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>Challenges kept at most: three tips, a few blocks back, several full nodes.</summary>
    public int MaxChallenges { get; set; } = 100;

    /// <summary>Followed-up qualities per challenge: one in a few plots gives one; 1 kB each with its proof.</summary>
    public int MaxQualities { get; set; } = 10_000;

    /// <summary>A harvester that has not delivered a proof after this is not waited for any longer: others' worse answers count
    /// again.</summary>
    public TimeSpan ProofTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A current challenge without any answer is put to the harvesters again after this: the question may have been
    /// lost.</summary>
    public TimeSpan AskAgainAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// When no plot answers any of the heaviest challenges for this long, the next best answer to the challenge of a lighter tip is taken
    /// up. Look-ups take milliseconds, so the silence means that there is no proof. Below the tips the pause of DECISIONS 16 is kept.
    /// </summary>
    public TimeSpan DeadEndAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Answers kept in reserve per challenge; the best are taken first, and nobody needs more than a few.</summary>
    public int MaxReserve { get; set; } = 200;
}
