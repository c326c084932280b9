using Chia.Protocol.Outcomes;

namespace Chia.GrainInterfaces.Chain;

/// <summary>The answer to a request for blocks or headers by height (CONSENSUS.md 15.2).</summary>
/// <param name="Outcome">Whether there is one.</param>
/// <param name="Items">ser(FullBlock) or ser(HeaderBlock) each, in the order of the request.</param>
[GenerateSerializer, Immutable, Alias("chia.RangeAnswer")]
public sealed record RangeAnswer(RangeOutcome Outcome, byte[][] Items);
