namespace Chia.GrainInterfaces.Chain;

/// <summary>Some neighbouring blocks of the chain as one point of a curve.</summary>
/// <param name="Height">Height of the last of them.</param>
/// <param name="Timestamp">Its timestamp, Unix time in seconds.</param>
/// <param name="Blocks">How many there are.</param>
/// <param name="Seconds">Between the timestamp before the first of them and that of the last.</param>
/// <param name="Difficulty">Difficulty of the last.</param>
/// <param name="IterationsPerSecond">ips in force for the last.</param>
/// <param name="Weight">Total weight of the last.</param>
/// <param name="Netspace">Bytes of the space that made them, estimated; null if nothing can be said of it.</param>
[GenerateSerializer, Immutable, Alias("chia.ChainPoint")]
public sealed record ChainPoint(
    uint Height,
    ulong Timestamp,
    int Blocks,
    double Seconds,
    ulong Difficulty,
    ulong IterationsPerSecond,
    ulong Weight,
    double? Netspace);

/// <summary>Figures of the newest heights of the chain.</summary>
/// <param name="Blocks">Blocks of the chain looked at.</param>
/// <param name="Orphans">Blocks beside the chain at the same heights.</param>
/// <param name="Newest">The blocks after genesis as one point; null while there is none.</param>
[GenerateSerializer, Immutable, Alias("chia.ChainFigures")]
public sealed record ChainFigures(int Blocks, int Orphans, ChainPoint? Newest)
{
    /// <summary>Share of the blocks that are beside the chain.</summary>
    public double OrphanRate => Blocks + Orphans == 0 ? 0 : (double)Orphans / (Blocks + Orphans);
}
