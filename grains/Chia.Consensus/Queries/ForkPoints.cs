using Chia.Consensus.Chain;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Queries;

/// <summary>Where a list of header hashes, supposed to begin with genesis, leaves the own chain.</summary>
public static class ForkPoints
{
    /// <summary>
    /// The greatest height up to which every hash of the list is a block of ours with the hash before it as parent: tips and side branches
    /// count. Whatever the list holds, the blocks up to that height are its first elements and are stored.
    /// </summary>
    public static ForkPointError TryFind(ChainState state, IReadOnlyList<Bytes32> headerHashes, out uint height)
    {
        height = 0;
        if (headerHashes.Count == 0)
            return ForkPointError.EmptyList;
        if (state.TableLength == 0)
            return ForkPointError.NoChain;
        if (state.TableAt(0) != headerHashes[0])
            return ForkPointError.WrongGenesis;

        var position = state.Index.Find(headerHashes[0]);
        for (var next = 1; next < headerHashes.Count; next++)
        {
            var child = state.Index.Find(headerHashes[next]);
            if (child < 0 || state.Index[child].Parent != position)
                break;
            position = child;
        }

        height = state.Index[position].Height;
        return ForkPointError.None;
    }

    /// <summary>The greatest height up to which a list of header hashes, the first at a height, is stored and linked; −1 if the first is
    /// not.</summary>
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

    /// <summary>
    /// The reference's search (CONSENSUS.md 15.3) without its crashes: binary, on the chain to the least common ancestor.
    /// For a list that does not agree on a prefix, the result is some height of agreement.
    /// </summary>
    public static ForkPointError TryFindAsReference(ChainState state, IReadOnlyList<Bytes32> headerHashes, out uint height)
    {
        height = 0;
        if (headerHashes.Count == 0)
            return ForkPointError.EmptyList;
        if (state.TableLength == 0)
            return ForkPointError.NoChain;
        var ancestor = (int)state.TableLength - 1;
        if (ancestor >= headerHashes.Count - 1)
            return ForkPointError.AlternativeShorter;

        int low = 0, high = ancestor;
        while (low + 1 < high)
        {
            var middle = (low + high) / 2;
            if (Agrees(middle))
                low = middle;
            else
                high = middle;
        }

        if (!Agrees(low))
            return ForkPointError.WrongGenesis;
        height = (uint)(Agrees(high) ? high : low);
        return ForkPointError.None;

        bool Agrees(int at) => state.TableAt((uint)at) == headerHashes[at];
    }
}

/// <summary>Why a list of header hashes has no fork point with the own chain (CONSENSUS.md 15.3).</summary>
public enum ForkPointError
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>The list is empty.</summary>
    EmptyList,

    /// <summary>There is no own chain.</summary>
    NoChain,

    /// <summary>The list is not longer than the chain to the least common ancestor. Only the reference's search minds.</summary>
    AlternativeShorter,

    /// <summary>The list begins with another block than the own chain.</summary>
    WrongGenesis,
}
