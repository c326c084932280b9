using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Sync;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Roles;

/// <summary>The full node (SYNC.md); key: the node's name.</summary>
[Alias("chia.IFullNodeGrain"), Version(1)]
public interface IFullNodeGrain : IRoleGrain
{
    /// <summary>The messages that tell peers of a role where we are: sent after a sync, and when a gateway saw a gap in the
    /// broadcasts.</summary>
    [Alias("Announce"), ResponseTimeout(AnswerTime.Disk)]
    Task<OutboundMessage[]> Announce(Role role);

    /// <summary>A sync ended, well or not: farmers, timelords and full nodes are told (SYNC.md 6).</summary>
    /// <param name="leftovers">Announced tips that are still better than ours and near: handled as if they had just arrived.</param>
    [Alias("SyncFinished"), ResponseTimeout(AnswerTime.Proofs)]
    Task SyncFinished(LeftoverTip[] leftovers);

    /// <summary>Its state, for status displays.</summary>
    [Alias("GetStatus"), ReadOnly, ResponseTimeout(AnswerTime.Memory)]
    Task<FullNodeStatus> GetStatus();
}

/// <summary>What a full node is doing beside its chain and its sync, for status displays.</summary>
/// <param name="Standstill">Why the chain stands still; null while it moves or may move yet.</param>
/// <param name="Farmers">Connected farmers.</param>
/// <param name="Timelords">Connected timelords.</param>
/// <param name="Unfinished">Blocks that wait for their proofs of time.</param>
[GenerateSerializer, Immutable, Alias("chia.FullNodeStatus")]
public sealed record FullNodeStatus(StatusReason? Standstill, int Farmers, int Timelords, int Unfinished);
