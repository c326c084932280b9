namespace Chia.GrainInterfaces.Chain;

/// <summary>Where a block made of a proof of space would stand (ROLES.md 6.1).</summary>
/// <param name="Parent">The stored block whose challenge the proof answers; not always a tip (DECISIONS 16).</param>
/// <param name="EarliestTimestamp">The earliest timestamp that its child may carry (CONSENSUS.md 11, 2b). Unix time, seconds.</param>
/// <param name="HasBlock">A stored child of it was made of this very proof: another would pose the same challenge (DECISIONS 18).</param>
[GenerateSerializer, Immutable, Alias("chia.CandidateStanding")]
public sealed record CandidateStanding(TipInfo Parent, ulong EarliestTimestamp, bool HasBlock);
