namespace Chia.Protocol.Networks;

/// <summary>The numbers that decide which blocks are valid (CONSENSUS.md 5). All of them are parameters of a network; the defaults are the
/// testnet's.</summary>
public sealed record ConsensusConstants
{
    /// <summary>NUMBER_OF_HEADS: tips kept.</summary>
    public int NumberOfHeads { get; init; } = 3;

    /// <summary>DIFFICULTY_STARTING: difficulty of the first epoch, units of 2^32.</summary>
    public ulong DifficultyStarting { get; init; } = 5000;

    /// <summary>DIFFICULTY_FACTOR: largest change of the difficulty in one adjustment.</summary>
    public uint DifficultyFactor { get; init; } = 3;

    /// <summary>IPS_FACTOR: largest fall of the iterations per second in one adjustment (its upper clamp has no effect:
    /// CONSENSUS.md 10).</summary>
    public uint IpsFactor { get; init; } = 3;

    /// <summary>DIFFICULTY_EPOCH: blocks per epoch.</summary>
    public uint DifficultyEpoch { get; init; } = 128;

    /// <summary>DIFFICULTY_WARP_FACTOR.</summary>
    public uint DifficultyWarpFactor { get; init; } = 4;

    /// <summary>DIFFICULTY_DELAY: blocks into an epoch at which the adjustment takes effect.</summary>
    public uint DifficultyDelay { get; init; } = 32;

    /// <summary>DISCRIMINANT_SIZE_BITS.</summary>
    public int DiscriminantSizeBits { get; init; } = 1024;

    /// <summary>BLOCK_TIME_TARGET: seconds.</summary>
    public uint BlockTimeTarget { get; init; } = 300;

    /// <summary>MIN_BLOCK_TIME: seconds of mandatory proof of time.</summary>
    public uint MinBlockTime { get; init; } = 30;

    /// <summary>VDF_IPS_STARTING: iterations per second assumed in the first epoch.</summary>
    public ulong VdfIpsStarting { get; init; } = 5000;

    /// <summary>MAX_FUTURE_TIME: seconds that a timestamp may lie ahead of the clock.</summary>
    public uint MaxFutureTime { get; init; } = 7200;

    /// <summary>NUMBER_OF_TIMESTAMPS: window of the lower bound of a timestamp.</summary>
    public int NumberOfTimestamps { get; init; } = 11;

    /// <summary>PROPAGATION_THRESHOLD: seconds (SYNC.md 4.1).</summary>
    public uint PropagationThreshold { get; init; } = 150;

    /// <summary>PROPAGATION_DELAY_THRESHOLD: seconds (SYNC.md 4.1).</summary>
    public uint PropagationDelayThreshold { get; init; } = 120;

    /// <summary>Smallest accepted k of a proof of space; the reference sets none (DECISIONS 3).</summary>
    public int MinPlotSize { get; init; } = 1;

    /// <summary>Largest accepted k of a proof of space: the plotter's own limit (CONSENSUS.md 17.2).</summary>
    public int MaxPlotSize { get; init; } = 59;

    /// <summary>Reward of a block, the same at every height (CONSENSUS.md 6).</summary>
    public ulong BlockReward { get; init; } = 1_000_000_000;

    /// <summary>What a challenge may take from the proof of time; the reference does not check it (DECISIONS 1).</summary>
    public ChallengeOutput ChallengeOutput { get; init; } = ChallengeOutput.OutputOnly;
}

/// <summary>What a block above genesis may carry as its challenge's <c>proof_of_time_output_hash</c> (DECISIONS 1,
/// CONSENSUS.md 18.1).</summary>
public enum ChallengeOutput
{
    /// <summary>H(ser(output)) only, which every full node writes: one block has one challenge.</summary>
    OutputOnly,

    /// <summary>
    /// H(ser(proof of time)) as well, which the reference's test tools write. Whoever evaluates the proof of time can then choose among
    /// challenges by the lengths of its segments, so this is for networks that those tools made.
    /// </summary>
    WholeProofAllowed,
}
