namespace Chia.Cryptography.ClassGroups.Evaluation;

/// <summary>One segment that has to be proved once the evaluation has passed its end.</summary>
/// <param name="Proof">What it is part of.</param>
/// <param name="Index">Its place there.</param>
/// <param name="From">Iterations before it.</param>
/// <param name="Iterations">Iterations of it.</param>
internal sealed record SegmentTask(ProofInProgress Proof, int Index, ulong From, ulong Iterations)
{
    public ulong End => From + Iterations;
}
