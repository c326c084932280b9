namespace Chia.Consensus.Queries;

/// <summary>Some neighbouring blocks of the chain as one point of a curve.</summary>
/// <param name="Height">Height of the last of them.</param>
/// <param name="Timestamp">Its timestamp, Unix time in seconds.</param>
/// <param name="Blocks">How many there are.</param>
/// <param name="Seconds">Between the timestamp before the first of them and that of the last.</param>
/// <param name="Difficulty">Difficulty of the last.</param>
/// <param name="IterationsPerSecond">ips in force for the last.</param>
/// <param name="Weight">Total weight of the last.</param>
/// <param name="Work">Sum of their difficulties.</param>
/// <param name="VariableIterations">Sum of their iterations without those of the minimal block time (CONSENSUS.md 7).</param>
public sealed record ChainSample(
    uint Height,
    ulong Timestamp,
    int Blocks,
    double Seconds,
    ulong Difficulty,
    ulong IterationsPerSecond,
    ulong Weight,
    double Work,
    double VariableIterations);
