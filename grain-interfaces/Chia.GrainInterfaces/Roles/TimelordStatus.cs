namespace Chia.GrainInterfaces.Roles;

/// <summary>What a timelord is at, for status displays. Counts are since its start.</summary>
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
