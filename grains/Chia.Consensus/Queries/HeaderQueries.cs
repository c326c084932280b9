using Chia.Consensus.Chain;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Queries;

/// <summary>Which header hashes peers ask for (CONSENSUS.md 15.1, 15.2), answered from the index: side branches are known as
/// well.</summary>
public static class HeaderQueries
{
    /// <summary>
    /// The header hashes of the branch that ends in <paramref name="tip"/>, upwards from a height; null if the tip is unknown, none if it is
    /// lower. 32 bytes a block, one walk over positions: no hash is looked up on the way.
    /// </summary>
    /// <param name="state">The chain.</param>
    /// <param name="tip">Where the branch ends.</param>
    /// <param name="first">Height of the first.</param>
    /// <param name="most">At most so many.</param>
    public static Bytes32[]? HeaderHashesTo(ChainState state, Bytes32 tip, uint first = 0, int most = int.MaxValue)
    {
        var position = state.Index.Find(tip);
        if (position < 0)
            return null;
        if (first > state.Index[position].Height || most <= 0)
            return [];
        var last = Math.Min(state.Index[position].Height, (ulong)first + (ulong)most - 1);
        return state.HashesTo(state.AncestorPosition(position, (uint)last), first);
    }

    /// <summary>
    /// The header hashes at the listed heights on the branch that ends in <paramref name="tip"/>: in the order of the list, repetitions
    /// included. An empty list is answered before the tip is looked at, as in the reference.
    /// </summary>
    public static HeightResolution Resolve(ChainState state, IReadOnlyList<uint> heights, Bytes32 tip)
    {
        if (heights.Count == 0)
            return new HeightResolution(RangeOutcome.Found, []);
        var position = state.Index.Find(tip);
        if (position < 0)
            return new HeightResolution(RangeOutcome.UnknownTip, []);
        if (heights.Max() > state.Index[position].Height)
            return new HeightResolution(RangeOutcome.AboveTip, []);

        // One walk back over the list sorted descending.
        var hashes = new Bytes32[heights.Count];
        foreach (var place in Enumerable.Range(0, heights.Count).OrderByDescending(place => heights[place]))
        {
            position = state.AncestorPosition(position, heights[place]);
            hashes[place] = state.Index.HashAt(position);
        }

        return new HeightResolution(RangeOutcome.Found, hashes);
    }
}

/// <summary>Header hashes for heights.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="HeaderHashes">One for each height asked for, in that order; empty unless resolved.</param>
public sealed record HeightResolution(RangeOutcome Outcome, IReadOnlyList<Bytes32> HeaderHashes);
