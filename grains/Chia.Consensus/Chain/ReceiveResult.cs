using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;

namespace Chia.Consensus.Chain;

/// <summary>What became of a received block.</summary>
/// <param name="Outcome">The result.</param>
/// <param name="Record">The new record if it was added, else null.</param>
/// <param name="Rejection">The broken rule if it is invalid or its parent is in another variant, else null.</param>
public sealed record ReceiveResult(AcceptOutcome Outcome, BlockRecord? Record = null, Rejection? Rejection = null)
{
    /// <summary>True if the block was added, as tip or orphan.</summary>
    public bool IsAdded => Record is not null;
}
