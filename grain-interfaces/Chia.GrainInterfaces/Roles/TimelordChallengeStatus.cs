namespace Chia.GrainInterfaces.Roles;

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
