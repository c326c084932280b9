using Chia.Protocol.Primitives;

namespace Chia.Storage;

/// <summary>Where the stored chain ends.</summary>
/// <param name="Tips">The tips, in order.</param>
/// <param name="Heights">Entries of the height table.</param>
/// <param name="Highest">Its last entry; null if it is empty.</param>
public sealed record StoredHeads(IReadOnlyList<Bytes32> Tips, long Heights, HeightEntry? Highest);
