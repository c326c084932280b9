namespace Chia.Storage;

/// <summary>What is left of an interrupted sync.</summary>
/// <param name="Target">Its target; null if no sync was under way.</param>
/// <param name="Blocks">Which blocks are already here, ascending by height.</param>
public sealed record InterruptedSync(SyncTarget? Target, IReadOnlyList<HeightEntry> Blocks);
