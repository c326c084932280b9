using System.Text.Json.Serialization;
using Chia.GrainInterfaces.Roles;
using Chia.Silo.Status;

namespace Chia.Silo.Api.Shapes;

/// <summary>The timelord. Counts are since its start.</summary>
/// <param name="FullNodes">Connected full nodes.</param>
/// <param name="Slots">Challenges that can be evaluated at once.</param>
/// <param name="BusySlots">Slots in use.</param>
/// <param name="ProofsMade">Proofs sent to full nodes.</param>
/// <param name="Failures">Evaluations that ended with an error.</param>
/// <param name="Challenges">Challenges of the full nodes' tips, heaviest first.</param>
internal sealed record TimelordView(
    int FullNodes, int Slots, int BusySlots, long ProofsMade, long Failures, IReadOnlyList<TimelordChallengeView> Challenges)
{
    /// <summary>Measured speed of one evaluation; null before the first measurement.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? IterationsPerSecond { get; init; }
}

/// <summary>One challenge of a timelord.</summary>
/// <param name="Challenge">The challenge.</param>
/// <param name="Weight">Total weight of its block.</param>
/// <param name="State">What happens to it.</param>
/// <param name="Iterations">Squarings done; 0 if it has no evaluation.</param>
/// <param name="IterationsPerSecond">Speed of its evaluation; 0 if it has none.</param>
/// <param name="Targets">Iteration counts that are still to be proven, ascending.</param>
/// <param name="Proofs">Proofs made.</param>
/// <param name="ElapsedSeconds">Since its evaluation began.</param>
internal sealed record TimelordChallengeView(
    string Challenge,
    ulong Weight,
    [property: JsonConverter(typeof(SnakeCaseEnum<TimelordChallengeState>))] TimelordChallengeState State,
    ulong Iterations,
    double IterationsPerSecond,
    IReadOnlyList<ulong> Targets,
    int Proofs,
    double ElapsedSeconds);
