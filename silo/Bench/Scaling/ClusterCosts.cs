namespace Chia.Silo.Bench.Scaling;

/// <summary>What a block, a peer and a broadcast cost a cluster, as measured; <c>docs/scaling.md</c> says by which command.</summary>
/// <param name="CheckSeconds">CPU of a validator for one block, header and body: proofs of space and time, signatures.</param>
/// <param name="ApplySeconds">Turn of the chain's grain for one block, without its commit.</param>
/// <param name="CommitSeconds">A commit, however little is in it: the round trip and the disk.</param>
/// <param name="CommitBlockSeconds">What each block adds to a commit.</param>
/// <param name="CommitBlocks">Most blocks in one commit.</param>
/// <param name="BroadcastItemSeconds">Time of a stream's queue for one message to one gateway.</param>
/// <param name="GatewayPeerBytes">Memory of a gateway for a connected peer.</param>
/// <param name="SiloPeerBytes">Memory of a silo for a connected peer.</param>
/// <param name="GatewaySendSeconds">CPU of a gateway for handing one broadcast to one peer.</param>
/// <param name="IndexBlockBytes">Live memory of the chain's index for a block.</param>
/// <param name="IndexBlocksPerSecond">Records that a start reads from the store in a second.</param>
internal sealed record ClusterCosts(
    double CheckSeconds,
    double ApplySeconds,
    double CommitSeconds,
    double CommitBlockSeconds,
    int CommitBlocks,
    double BroadcastItemSeconds,
    double GatewayPeerBytes,
    double SiloPeerBytes,
    double GatewaySendSeconds,
    double IndexBlockBytes,
    double IndexBlocksPerSecond)
{
    /// <summary>Blocks that one chain's grain applies and commits in a second, when it always finds so many waiting.</summary>
    public double AppliedPerSecond(int waiting) => waiting / (CommitSeconds + (waiting * (ApplySeconds + CommitBlockSeconds)));

    /// <summary>The most that a single chain takes, however many silos check for it.</summary>
    public double Saturation => AppliedPerSecond(CommitBlocks);

    /// <summary>Validator cores beyond which more of them do not help one chain.</summary>
    public double UsefulCores => Saturation * CheckSeconds;

    /// <summary>Gateways that one queue of the broadcast stream serves at so many messages a second.</summary>
    public double Gateways(double messagesPerSecond) => 1 / (BroadcastItemSeconds * messagesPerSecond);

    /// <summary>Peers that a gateway holds in so much memory.</summary>
    public double PeersInMemory(double bytes) => bytes / GatewayPeerBytes;

    /// <summary>Peers whose grains a silo holds in so much memory.</summary>
    public double PeersInSiloMemory(double bytes) => bytes / SiloPeerBytes;

    /// <summary>Peers to which one core of a gateway hands a message within a time.</summary>
    public double PeersWithin(double seconds) => seconds / GatewaySendSeconds;

    /// <summary>Seconds that a chain of so many blocks takes to load.</summary>
    public double StartSeconds(double blocks) => blocks / IndexBlocksPerSecond;
}
