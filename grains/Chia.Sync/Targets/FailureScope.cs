using Chia.Protocol.Outcomes;

namespace Chia.Sync.Targets;

/// <summary>
/// Whom a failed check condemns. The header hash covers the header, through it the proof of space and the body, and nothing else
/// (CONSENSUS.md 18.1):
/// proof of time and challenge may differ between copies of one block. A checked neighbour pins the challenge: the next block's proof
/// of space names its hash.
/// </summary>
public enum FailureScope
{
    /// <summary>
    /// A part that the hash does not pin: the proof of time's witness and iterations at any height; at the target's own height all of
    /// proof of time and challenge.
    /// The copy is dropped, its sender blamed, and another peer asked.
    /// </summary>
    Copy,

    /// <summary>
    /// A part that the hash pins: header, signature, timestamp, proof of space, body; below the target also challenge, weight,
    /// iterations. No copy of this chain can be valid.
    /// </summary>
    Target,

    /// <summary>
    /// The first header answers another challenge than our block at the fork point has: we may hold the other variant of that block
    /// (DECISIONS 1).
    /// The fork point is lowered by one, so that the variant that the children name is fetched; a second time it counts as <see
    /// cref="Target"/>.
    /// </summary>
    ForkPoint,

    /// <summary>
    /// Ours: clock (a timestamp too far in the future), disk, a bug. Nobody is blamed, the target is set aside for a while.
    /// </summary>
    Local,
}

/// <summary>Whom a broken rule condemns while the header chain is known (see <see cref="FailureScope"/>).</summary>
public static class FailureScopes
{
    /// <summary>The scope of a rule broken at the target's own height or below it, where the next header covers the challenge.</summary>
    public static FailureScope Of(ConsensusRule rule, bool atTarget) => rule.Scope() switch
    {
        RuleScope.Ourselves => FailureScope.Local,
        RuleScope.Copy => FailureScope.Copy,
        RuleScope.Challenge => atTarget ? FailureScope.Copy : FailureScope.Target,
        _ => FailureScope.Target,
    };
}
