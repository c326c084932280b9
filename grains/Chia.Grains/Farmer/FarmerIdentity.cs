using System.Collections.Immutable;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Farmer;

/// <summary>What others may know of a farmer's keys.</summary>
/// <param name="FarmerTarget">Puzzle hash that gets the fees.</param>
/// <param name="PoolPublicKeys">The pools it farms for.</param>
internal sealed record FarmerIdentity(Bytes32 FarmerTarget, ImmutableArray<Bytes48> PoolPublicKeys);
