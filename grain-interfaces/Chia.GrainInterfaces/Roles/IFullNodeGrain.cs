using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Roles;

/// <summary>The full node (SYNC.md); key: the node's name.</summary>
[Alias("chia.IFullNodeGrain")]
public interface IFullNodeGrain : IRoleGrain
{
    /// <summary>The messages that tell peers of a role where we are: sent after a sync, and when a gateway saw a gap in the broadcasts.</summary>
    [Alias("Announce")]
    Task<OutboundMessage[]> Announce(NodeType role);

    /// <summary>A sync ended, well or not: queued proofs of time are applied, farmers, timelords and full nodes are told (SYNC.md 6).</summary>
    [Alias("SyncFinished")]
    Task SyncFinished();
}
