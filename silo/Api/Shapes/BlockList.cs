using System.Text.Json.Serialization;

namespace Chia.Silo.Api.Shapes;

/// <summary>Stored blocks, highest first.</summary>
/// <param name="Blocks">The rows.</param>
/// <param name="NextBefore">Cursor: ask again with <c>before</c> of this for the next ones; null at the end.</param>
/// <param name="TipHeight">Height of the heaviest tip.</param>
internal sealed record BlockList(
    IReadOnlyList<BlockListRow> Blocks, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] uint? NextBefore, uint TipHeight);

/// <summary>A block in a list.</summary>
/// <param name="Height">Height.</param>
/// <param name="Hash">Header hash.</param>
/// <param name="Parent">Header hash of the parent.</param>
/// <param name="Timestamp">Unix time, seconds.</param>
/// <param name="Weight">Total weight.</param>
/// <param name="Difficulty">Difficulty in force for it.</param>
/// <param name="Ips">Iterations per second in force for it.</param>
/// <param name="Iterations">Iterations of its proof of time.</param>
/// <param name="OnChain">It is the heaviest tip or an ancestor of it.</param>
/// <param name="IsTip">It is one of the tips.</param>
internal sealed record BlockListRow(
    uint Height,
    string Hash,
    string Parent,
    ulong Timestamp,
    ulong Weight,
    ulong Difficulty,
    ulong Ips,
    ulong Iterations,
    bool OnChain,
    bool IsTip);

/// <summary>Branches between two heights.</summary>
/// <param name="From">Lowest height.</param>
/// <param name="To">Highest height.</param>
/// <param name="Lca">Header hash of the tips' least common ancestor.</param>
/// <param name="Blocks">The blocks, highest first.</param>
internal sealed record BlockTree(uint From, uint To, string Lca, IReadOnlyList<TreeNode> Blocks);

/// <summary>A block of the tree.</summary>
internal sealed record TreeNode(uint Height, string Hash, string Parent, bool OnChain, bool Tip, ulong Timestamp);

/// <summary>Curves over the chain, thinned: equal places of the columns belong together. A metric that was not asked for is
/// absent.</summary>
/// <param name="Heights">Height of the last block of each point.</param>
/// <param name="Timestamps">Its timestamp.</param>
/// <param name="Blocks">Blocks that a point stands for.</param>
internal sealed record SeriesColumns(IReadOnlyList<uint> Heights, IReadOnlyList<ulong> Timestamps, IReadOnlyList<int> Blocks)
{
    /// <summary>Difficulty of the last block.</summary>
    public IReadOnlyList<ulong>? Difficulty { get; init; }

    /// <summary>Estimated space, bytes; null where nothing can be said.</summary>
    public IReadOnlyList<double?>? Netspace { get; init; }

    /// <summary>Mean seconds a block.</summary>
    public IReadOnlyList<double>? BlockTime { get; init; }

    /// <summary>Iterations per second in force for the last block.</summary>
    public IReadOnlyList<ulong>? Ips { get; init; }

    /// <summary>Total weight of the last block.</summary>
    public IReadOnlyList<ulong>? Weight { get; init; }
}
