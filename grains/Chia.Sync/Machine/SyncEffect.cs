using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Sync.Checkpoints;
using Chia.Sync.Peers;
using Chia.Sync.Targets;

namespace Chia.Sync.Machine;

/// <summary>
/// Everything a <see cref="SyncMachine"/> can ask of its shell, to be carried out in order. Those with a question number are answered
/// by the event that carries the same number; at most one is open, and answers to older ones are ignored.
/// </summary>
public abstract record SyncEffect
{
    private SyncEffect()
    {
    }

    /// <summary>Send <c>request_all_header_hashes</c>.</summary>
    public sealed record RequestHeaderHashes(ConnectionId Peer, Bytes32 Tip) : SyncEffect;

    /// <summary>Send <c>request_header_blocks</c> for <paramref name="Count"/> heights from <paramref name="First"/>.</summary>
    public sealed record RequestHeaders(ConnectionId Peer, Bytes32 Tip, uint First, int Count) : SyncEffect;

    /// <summary>Send <c>request_sync_blocks</c> for <paramref name="Count"/> heights from <paramref name="First"/>.</summary>
    public sealed record RequestBlocks(ConnectionId Peer, Bytes32 Tip, uint First, int Count) : SyncEffect;

    /// <summary>
    /// Verify a block by itself: both signatures, proof of space, proof of time. Its parts are known to agree with each other.
    /// </summary>
    public sealed record CheckTarget(long Question, Bytes32 Target, FullBlock Block) : SyncEffect;

    /// <summary>
    /// Compare a hash list, whose first entry has height <paramref name="First"/>, with our blocks; see <see
    /// cref="SyncEvent.ForkPointFound"/>.
    /// </summary>
    public sealed record FindForkPoint(long Question, Bytes32 Target, uint First, IReadOnlyList<Bytes32> Hashes) : SyncEffect;

    /// <summary>
    /// Verify headers against the rules that need no body (SYNC.md 7, item 6). They are contiguous from <paramref name="First"/>,
    /// follow the headers verified before (or our block at the fork point), and hash, parent and challenge links within them hold.
    /// </summary>
    public sealed record CheckHeaders(long Question, Bytes32 Target, uint First, IReadOnlyList<HeaderBlock> Headers) : SyncEffect;

    /// <summary>Put blocks that match the proven header chain into the sync collection; no answer is expected.</summary>
    public sealed record StoreBlocks(Bytes32 Target, uint First, IReadOnlyList<FullBlock> Blocks) : SyncEffect;

    /// <summary>Validate these blocks (in parallel where rules allow) and commit them in order.</summary>
    public sealed record ApplyBlocks(long Question, Bytes32 Target, uint First, IReadOnlyList<FullBlock> Blocks) : SyncEffect;

    /// <summary>
    /// Tell the peer directory what a peer did. A <see cref="BlameKind.BadData"/> or worse peer is not used again by the machine.
    /// </summary>
    public sealed record Blame(ConnectionId Peer, BlameReason Reason, BlameKind Kind, string? Detail) : SyncEffect;

    /// <summary>Keep this for a restart, in place of the previous one.</summary>
    public sealed record SaveCheckpoint(SyncCheckpoint Checkpoint) : SyncEffect;

    /// <summary>Delete checkpoint and sync collection.</summary>
    public sealed record ClearSyncCollection : SyncEffect;

    /// <summary>A target was given up; for the log, with the connected peers that announced it. The next best is tried.</summary>
    public sealed record TargetDropped(
        Bytes32 Target, uint Height, TargetFailure Failure, string? Detail, IReadOnlyList<ConnectionId> Announcers) : SyncEffect;

    /// <summary>
    /// The synchronisation is over: SYNC.md 6 follows, and the announced tips that are still better than ours are to be handled as if
    /// just received as <c>block</c>.
    /// </summary>
    public sealed record Finished(SyncOutcome Outcome, Bytes32? Target, IReadOnlyList<PotentialTip> Leftovers) : SyncEffect;

    /// <summary>Feed <see cref="SyncEvent.Tick"/> at this time; replaces the previous wish.</summary>
    public sealed record ScheduleTick(TimeSpan At) : SyncEffect;
}

/// <summary>How a synchronisation ended.</summary>
public enum SyncOutcome
{
    /// <summary>Every block up to the target is accepted and our heaviest tip weighs at least as much.</summary>
    Reached,

    /// <summary>Our chain overtook or already held the target.</summary>
    CaughtUp,

    /// <summary>No target is left to try.</summary>
    NoTargetLeft,

    /// <summary>A checkpoint did not fit our chain any more.</summary>
    CheckpointObsolete,
}
