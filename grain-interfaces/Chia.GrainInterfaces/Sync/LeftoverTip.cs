using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;

namespace Chia.GrainInterfaces.Sync;

/// <summary>An announced tip that a sync did not need to see to.</summary>
/// <param name="From">Who announced it.</param>
/// <param name="Block">The tip.</param>
[GenerateSerializer, Immutable, Alias("chia.LeftoverTip")]
public sealed record LeftoverTip(PeerConnection From, BlockData Block);
