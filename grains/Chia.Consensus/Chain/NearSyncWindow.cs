namespace Chia.Consensus.Chain;

/// <summary>What to do about a block whose parent is not stored.</summary>
public enum DisconnectedAction
{
    /// <summary>Nothing: it is outside the window and claims no more weight than our heaviest tip.</summary>
    Ignore,

    /// <summary>Near-sync: ask its sender for the parent, and so on backwards until one connects.</summary>
    FetchParent,

    /// <summary>Synchronise to it: it is a target.</summary>
    Synchronise,
}

/// <summary>
/// Which block ahead of us is fetched one by one and which one starts a sync (SYNC.md 3.3 with DECISIONS 10). Whoever meets a disconnected
/// block asks <see cref="Decide"/>, with the same window: the full node before it asks for a parent, the sync before it takes a tip as its
/// target. As both go by one answer, no distance is left to nobody.
/// </summary>
/// <param name="BlocksAhead">
/// sync_blocks_behind_threshold: a block at most so far above the lowest tip is fetched by its parents; the reference's default is 20.
/// </param>
public sealed record NearSyncWindow(uint BlocksAhead = NearSyncWindow.ReferenceBlocksAhead)
{
    /// <summary>sync_blocks_behind_threshold of the reference.</summary>
    public const uint ReferenceBlocksAhead = 20;

    /// <summary>Parents are followed down to so far below the lowest tip; fixed in the reference.</summary>
    public const uint Slack = 3;

    /// <summary>True if near-sync follows a block of this height.</summary>
    /// <param name="lowestTip">Smallest height among our tips.</param>
    /// <param name="height">The block's, from its coinbase; a claim.</param>
    public bool Contains(uint lowestTip, uint height) =>
        height <= (ulong)lowestTip + BlocksAhead && (ulong)height + Slack >= lowestTip;

    /// <summary>What to do about a disconnected block, by its claims alone.</summary>
    /// <param name="lowestTip">Smallest height among our tips.</param>
    /// <param name="heaviestWeight">Weight of our heaviest tip.</param>
    /// <param name="height">The block's, from its coinbase; a claim.</param>
    /// <param name="weight">The block's total weight; a claim.</param>
    /// <param name="outOfReach">Near-sync has followed its parents to the end of the window and none connected: a deep fork.</param>
    public DisconnectedAction Decide(uint lowestTip, ulong heaviestWeight, uint height, ulong weight, bool outOfReach = false)
    {
        if (!outOfReach && Contains(lowestTip, height))
            return DisconnectedAction.FetchParent;
        return weight > heaviestWeight ? DisconnectedAction.Synchronise : DisconnectedAction.Ignore;
    }
}
