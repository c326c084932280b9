using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>What ties an unfinished block to its proof of time (SYNC.md 4.1 step 3).</summary>
/// <param name="ChallengeHash">The challenge.</param>
/// <param name="Iterations">Iterations of the proof of time.</param>
internal readonly record struct UnfinishedKey(Bytes32 ChallengeHash, ulong Iterations)
{
    /// <summary>What a proof of time completes.</summary>
    public static UnfinishedKey Of(ProofOfTime proof) => new(proof.ChallengeHash, proof.NumberOfIterations);
}

/// <summary>An accepted block that waits for its proof of time.</summary>
/// <param name="Block">The block; proof of time and challenge are absent.</param>
/// <param name="Parent">The block below it: with it at hand, a proof of time completes the block without a question to the chain.</param>
/// <param name="Iterations">Iterations its proof of time must have.</param>
/// <param name="Difficulty">Its difficulty.</param>
internal sealed record UnfinishedBlock(FullBlock Block, TipInfo Parent, ulong Iterations, ulong Difficulty)
{
    /// <summary>Challenge its proofs answer: the parent's.</summary>
    public Bytes32 ChallengeHash => Parent.ChallengeHash;

    /// <summary>Block id of the parent.</summary>
    public Bytes32 ParentHash => Parent.HeaderHash;

    /// <summary>Total weight of the parent: what timelords are told with its challenge.</summary>
    public ulong ParentWeight => Parent.TotalWeight;

    /// <summary>Seconds that its proof of time is expected to take.</summary>
    public ulong Seconds { get; init; }

    /// <summary>When it was admitted, on the monotonic clock.</summary>
    public long AdmittedAt { get; init; }

    /// <summary>A block with its proof of time is stored: it waits no more, and is kept so that more such proofs are known to be
    /// late.</summary>
    public bool IsCompleted { get; set; }

    /// <summary>What a proof of time names.</summary>
    public UnfinishedKey Key => new(ChallengeHash, Iterations);
}
