using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Chain;

/// <summary>The verdict on one block handed to the chain.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="HeaderHash">Block id.</param>
/// <param name="Block">Its place, if it was stored now.</param>
/// <param name="Rule">The rule that forbids it, if it is invalid or its parent is in another variant; null otherwise.</param>
/// <param name="Detail">What the rule found.</param>
[GenerateSerializer, Immutable, Alias("chia.BlockOutcome")]
public sealed record BlockOutcome(
    AcceptOutcome Outcome,
    Bytes32 HeaderHash,
    TipInfo? Block = null,
    ConsensusRule? Rule = null,
    string? Detail = null)
{
    /// <summary>It is stored, now or before.</summary>
    public bool IsStored => Outcome is AcceptOutcome.AddedToHead or AcceptOutcome.AddedAsOrphan or AcceptOutcome.AlreadyHave;
}

/// <summary>The answer to blocks handed to the chain.</summary>
/// <param name="Outcomes">One for each block up to the one where it stopped. None if they cannot be stored at the moment
/// (<see cref="WasRefused"/>).</param>
/// <param name="Chain">The chain afterwards, so that nobody need ask.</param>
[GenerateSerializer, Immutable, Alias("chia.AcceptAnswer")]
public sealed record AcceptAnswer(BlockOutcome[] Outcomes, ChainSnapshot Chain)
{
    /// <summary>The store took nothing, by no fault of the blocks: they may be handed in again when it does.</summary>
    public bool WasRefused => Outcomes.Length == 0 && Chain.StoreFault is not null;
}
