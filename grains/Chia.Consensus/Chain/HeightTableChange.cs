namespace Chia.Consensus.Chain;

/// <summary>How the height table changes: entries at <paramref name="Length"/> and above go, then those of <paramref name="Set"/> are
/// written.</summary>
/// <param name="Length">Entries afterwards: height of the least common ancestor + 1.</param>
/// <param name="Set">New or changed entries, ascending.</param>
public sealed record HeightTableChange(uint Length, IReadOnlyList<HeightEntry> Set);
