using Chia.Consensus.Chain;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Queries;

/// <summary>Where a list of header hashes leaves the own chain: in place of the reference's search (CONSENSUS.md 15.3).</summary>
public static class ForkPoints
{
    /// <summary>
    /// The greatest height up to which every hash of a list, the first at a height, is a block of ours with the hash before it as
    /// parent: tips and side branches count. Whatever the list holds, the blocks up to that height are its first elements and are stored.
    /// −1 if the first is not.
    /// </summary>
    public static long LastAgreed(ChainState state, uint first, ReadOnlySpan<Bytes32> headerHashes)
    {
        var last = -1;
        for (var i = 0; i < headerHashes.Length; i++)
        {
            var position = state.Index.Find(headerHashes[i]);
            if (position < 0 || state.Index[position] is var numbers && (i == 0 ? numbers.Height != first : numbers.Parent != last))
                break;
            last = position;
        }

        return last < 0 ? -1 : state.Index[last].Height;
    }
}
