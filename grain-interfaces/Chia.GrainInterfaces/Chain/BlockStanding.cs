using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Chain;

/// <summary>How a block that is not stored yet, or is, stands to the chain.</summary>
/// <param name="Stored">Its header hash is stored.</param>
/// <param name="Parent">Its stored parent; null if unknown.</param>
/// <param name="LowestTipHeight">Smallest height among our tips.</param>
/// <param name="HeaviestWeight">Weight of our heaviest tip.</param>
[GenerateSerializer, Immutable, Alias("chia.BlockStanding")]
public sealed record BlockStanding(bool Stored, TipInfo? Parent, uint LowestTipHeight, ulong HeaviestWeight);
