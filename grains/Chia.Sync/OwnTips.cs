namespace Chia.Sync;

/// <summary>What the machine knows of our own chain.</summary>
/// <param name="Weight">Total weight of the heaviest tip.</param>
/// <param name="Height">Height of the heaviest tip.</param>
/// <param name="LowestHeight">Smallest height among the tips: what near-sync measures from (SYNC.md 3.3).</param>
public readonly record struct OwnTips(ulong Weight, uint Height, uint LowestHeight);
