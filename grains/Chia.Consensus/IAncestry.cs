using System.Diagnostics.CodeAnalysis;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus;

/// <summary>Known blocks, followed from child to parent: what the rules ask of a chain.</summary>
public interface IAncestry
{
    /// <summary>The record of a known block.</summary>
    bool TryGet(Bytes32 headerHash, [NotNullWhen(true)] out BlockRecord? record);

    /// <summary>anc(b, h): the ancestor of <paramref name="block"/>, itself included, at a height; null if that is above it or a parent is
    /// unknown.</summary>
    BlockRecord? AncestorAt(BlockRecord block, uint height)
    {
        var current = block;
        while (current.Height > height)
        {
            if (!TryGet(current.PrevHeaderHash, out var parent))
                return null;
            current = parent;
        }

        return current.Height == height ? current : null;
    }
}
