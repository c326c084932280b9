namespace Chia.GrainInterfaces.Roles;

/// <summary>The timelord (ROLES.md 5); key: the node's name.</summary>
[Alias("chia.ITimelordGrain"), Version(1)]
public interface ITimelordGrain : IRoleGrain
{
    /// <summary>Its state, for status displays.</summary>
    [Alias("GetStatus"), ResponseTimeout(AnswerTime.Memory)]
    Task<TimelordStatus> GetStatus();
}

/// <summary>What a timelord is doing, for status displays. Counts are since its start.</summary>
/// <param name="FullNodes">Connected full nodes.</param>
/// <param name="Slots">Challenges that can be evaluated at once.</param>
/// <param name="BusySlots">Slots in use, those included that are about to be free.</param>
/// <param name="IterationsPerSecond">Measured speed of one evaluation; 0 before the first measurement.</param>
/// <param name="ProofsMade">Proofs computed, verified and sent to full nodes.</param>
/// <param name="Failures">Evaluations that ended with an error: proofs that did not verify, miscalculations, lack of memory.</param>
/// <param name="SettledWeight">Challenges of this weight or less are not evaluated any more: three proofs were made at this weight; null
/// if at none.</param>
/// <param name="Challenges">Challenges of the full nodes' tips, heaviest first.</param>
[GenerateSerializer, Immutable, Alias("chia.TimelordStatus")]
public sealed record TimelordStatus(
    int FullNodes,
    int Slots,
    int BusySlots,
    double IterationsPerSecond,
    long ProofsMade,
    long Failures,
    ulong? SettledWeight,
    TimelordChallengeStatus[] Challenges);

/// <summary>One challenge of a timelord, for status displays.</summary>
/// <param name="Challenge">The challenge hash in hexadecimal.</param>
/// <param name="Weight">Total weight of its block.</param>
/// <param name="State">What happens to it.</param>
/// <param name="Iterations">Squarings done; 0 if it has no evaluation.</param>
/// <param name="IterationsPerSecond">Speed of its evaluation, pauses left out; 0 if it has none.</param>
/// <param name="Targets">Iteration counts that are still to be proven, ascending.</param>
/// <param name="Proofs">Proofs made.</param>
/// <param name="Elapsed">Time since its evaluation began, pauses included; zero if it has none.</param>
[GenerateSerializer, Immutable, Alias("chia.TimelordChallengeStatus")]
public sealed record TimelordChallengeStatus(
    string Challenge,
    ulong Weight,
    TimelordChallengeState State,
    ulong Iterations,
    double IterationsPerSecond,
    ulong[] Targets,
    int Proofs,
    TimeSpan Elapsed);

/// <summary>What a timelord does with a challenge.</summary>
public enum TimelordChallengeState
{
    /// <summary>Nothing is to be proven at present.</summary>
    Idle,

    /// <summary>It waits for a slot.</summary>
    Waiting,

    /// <summary>It is evaluated.</summary>
    Running,

    /// <summary>Its evaluation is being ended.</summary>
    Stopping,

    /// <summary>Enough proofs were made at its weight or above.</summary>
    Settled,

    /// <summary>Its evaluation failed too often.</summary>
    GivenUp,

    /// <summary>Nothing is to be proven yet; it is squared ahead in a slot that nobody else needs.</summary>
    Ahead,
}
