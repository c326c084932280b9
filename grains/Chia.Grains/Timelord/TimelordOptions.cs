using Chia.Cryptography.ClassGroups.Evaluation;
using Chia.Grains.Work;

namespace Chia.Grains.Timelord;

/// <summary>The reference's configuration of a timelord (ROLES.md 2.1), and our own bounds.</summary>
public sealed record TimelordOptions
{
    /// <summary>Whom it talks to.</summary>
    public PeerAccess AcceptFrom { get; set; } = PeerAccess.Configured;

    /// <summary>Largest <see cref="WitnessType"/> that can be configured; longer witnesses only cost the verifiers time.</summary>
    public const int MaxWitnessType = 3;

    /// <summary>Most iterations that can be proven.</summary>
    internal const ulong MaximumIterations = VdfEvaluator.MaximumIterations;

    /// <summary>n_wesolowski: segments of a proof less one. The reference's timelord can only make 2.</summary>
    public int WitnessType { get; set; } = 2;

    /// <summary>Challenges evaluated at once, each on a thread of its own; 0 for one a core, less one for everything else.</summary>
    public int Slots { get; set; }

    /// <summary>Threads per evaluation that compute proofs beside it; one keeps up.</summary>
    public int ProverThreads { get; set; } = 1;

    /// <summary>Evaluations kept although nothing is to be proven: iterations that come late need not begin anew. 36 MB each at most, no
    /// time.</summary>
    public int MaxIdleEvaluations { get; set; } = 4;

    /// <summary>
    /// Most squarings done for a challenge in a slot that is free while no iterations are known for it: they are known within seconds, so
    /// this bounds what a tip without a proof of space costs. 0 for none.
    /// </summary>
    public ulong HeadStartIterations { get; set; } = 10_000_000;

    /// <summary>The same bound in time, by the speed measured; the time in which a full node hears of a proof of space many times
    /// over.</summary>
    public TimeSpan HeadStartTime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Challenges remembered, with their proofs (1 kB each): three tips of a few full nodes and some blocks back.</summary>
    public int MaxChallenges { get; set; } = 100;

    /// <summary>Iteration counts to prove per challenge. Three proofs are enough (ROLES.md 5.4), and the smallest come first.</summary>
    public int MaxTargets { get; set; } = 32;

    /// <summary>What a full node that was lost wants is evaluated for so long: it mostly returns. The time between two blocks.</summary>
    public TimeSpan LostNodeGrace { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Fewest iterations that can be proven: a nested witness needs three (VDF.md 7.2).</summary>
    internal ulong MinimumIterations => WitnessType == 0 ? 1UL : 3UL;

    /// <summary>The number of slots meant.</summary>
    internal int EffectiveSlots => Slots > 0 ? Slots : Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>For the evaluator.</summary>
    internal VdfEvaluatorOptions ForEvaluator(TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(WitnessType);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(WitnessType, MaxWitnessType);
        return new VdfEvaluatorOptions { WitnessType = WitnessType, ProverThreads = ProverThreads, TimeProvider = time };
    }
}
