using Chia.Protocol.Outcomes;

namespace Chia.Grains.Sync;

/// <summary>Whom a broken rule condemns while the header chain is known (see <see cref="FailureScope"/>).</summary>
internal static class FailureScopes
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
