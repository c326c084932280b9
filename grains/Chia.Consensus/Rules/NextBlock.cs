using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;

namespace Chia.Consensus.Rules;

/// <summary>What is in force for the children of a block, or for the genesis block.</summary>
/// <param name="Difficulty">Units of 2^32 (CONSENSUS.md 9).</param>
/// <param name="IterationsPerSecond">CONSENSUS.md 10.</param>
public sealed record NextBlock(ulong Difficulty, ulong IterationsPerSecond)
{
    /// <summary>What is in force for the genesis block.</summary>
    internal static NextBlock Genesis(ConsensusConstants constants) => new(constants.DifficultyStarting, constants.VdfIpsStarting);

    /// <summary>What is in force for the children of <paramref name="parent"/>, or why it can have none.</summary>
    internal static Verdict<NextBlock> After(ConsensusConstants constants, IAncestry ancestry, BlockRecord parent)
    {
        var error = DifficultyRules.TryNext(constants, ancestry, parent, out var difficulty);
        if (error != AdjustmentError.None)
            return new(Reject(ConsensusRule.DifficultyAdjustment, error, parent));
        error = IpsRules.TryNext(constants, ancestry, parent, out var ips);
        return error == AdjustmentError.None
            ? new(new NextBlock(difficulty, ips))
            : new(Reject(ConsensusRule.IpsAdjustment, error, parent));
    }

    private static Rejection Reject(ConsensusRule rule, AdjustmentError error, BlockRecord parent) =>
        error == AdjustmentError.MissingAncestor
            ? new Rejection(ConsensusRule.MissingAncestor, $"{rule} after {parent.HeaderHash} at height {parent.Height}")
            : new Rejection(rule, $"{error} after {parent.HeaderHash} at height {parent.Height}: it can have no child");
}
