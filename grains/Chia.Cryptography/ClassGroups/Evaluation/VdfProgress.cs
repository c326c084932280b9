namespace Chia.Cryptography.ClassGroups.Evaluation;

/// <summary>Where an evaluation stands.</summary>
/// <param name="Iterations">Squarings done.</param>
/// <param name="IterationsPerSecond">Mean over the time spent squaring, idle time left out; 0 before the first.</param>
/// <param name="PendingProofs">Requests whose proofs are not ready.</param>
public readonly record struct VdfProgress(ulong Iterations, double IterationsPerSecond, int PendingProofs);
