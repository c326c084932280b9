namespace Chia.Consensus.Chain;

/// <summary>What the index knows of every block without asking anybody: its place and its sums.</summary>
/// <param name="Parent">Position of the parent, or <see cref="NoParent"/>, or <see cref="Removed"/>.</param>
/// <param name="Height">Height.</param>
/// <param name="TotalWeight">Sum of difficulties.</param>
/// <param name="TotalIterations">Sum of iterations.</param>
/// <param name="Timestamp">Unix time, seconds.</param>
/// <param name="Difficulty">Difficulty in force for it.</param>
/// <param name="IterationsPerSecond">ips in force for it.</param>
internal readonly record struct BlockNumbers(
    int Parent, uint Height, ulong TotalWeight, ulong TotalIterations, ulong Timestamp, ulong Difficulty, ulong IterationsPerSecond)
{
    /// <summary>Parent of the genesis block.</summary>
    public const int NoParent = -1;

    /// <summary>Parent of a block that was taken out.</summary>
    public const int Removed = -2;
}
