using Chia.Consensus.Chain;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Tests.Reference;

/// <summary>The reference's search for a fork point, to compare with.</summary>
internal static class ReferenceForkPoint
{
    /// <summary>
    /// The reference's search (CONSENSUS.md 15.3) without its crashes: binary, on the chain to the least common ancestor.
    /// For a list that does not agree on a prefix, the result is some height of agreement.
    /// </summary>
    public static ForkPointError TryFind(ChainState state, IReadOnlyList<Bytes32> headerHashes, out uint height)
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
internal enum ForkPointError
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>The list is empty.</summary>
    EmptyList,

    /// <summary>There is no own chain.</summary>
    NoChain,

    /// <summary>The list is not longer than the chain to the least common ancestor.</summary>
    AlternativeShorter,

    /// <summary>The list begins with another block than the own chain.</summary>
    WrongGenesis,
}
