using Chia.Protocol.Primitives;

namespace Chia.Storage.Maintenance;

/// <summary>What <see cref="StoreVerifier"/> found.</summary>
/// <param name="Blocks">Blocks examined, side branches included.</param>
/// <param name="Height">Height of the heaviest tip, or of the heaviest block if the tips are lost; null in an empty store.</param>
/// <param name="Tip">Its header hash.</param>
/// <param name="LastGoodHeight">
/// The greatest height up to which no block that is linked to genesis has a fault: a rewind there leaves a sound store.
/// Null if there is no such height: nothing of the store can be kept (or nothing is stored).
/// </param>
/// <param name="NotCovered">What could not be looked at.</param>
/// <param name="Faults">Everything that is wrong, the index first, then blocks in the order in which they were stored.</param>
public sealed record VerifyReport(
    int Blocks, uint? Height, Bytes32? Tip, uint? LastGoodHeight, IReadOnlyList<string> NotCovered, IReadOnlyList<StoreFault> Faults)
{
    /// <summary>Nothing is wrong.</summary>
    public bool IsSound => Faults.Count == 0;
}

/// <summary>How far a verification is.</summary>
/// <param name="Done">Blocks examined.</param>
/// <param name="Total">Blocks to examine.</param>
public readonly record struct VerifyProgress(int Done, int Total);
