using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Sync.Checkpoints;
using Chia.Sync.Targets;

namespace Chia.Sync.Machine;

/// <summary>Everything that can happen to a <see cref="SyncMachine"/>.</summary>
/// <param name="Now">Time of the event on a monotonic clock of any origin; the same clock for all events.</param>
public abstract record SyncEvent(TimeSpan Now)
{
    /// <summary>A full node finished its handshake.</summary>
    /// <param name="Now">See <see cref="SyncEvent"/>.</param>
    /// <param name="Peer">Connection id; never used again for another connection.</param>
    /// <param name="IsToldAgain">It was connected before this machine began: it may answer what an earlier one asked.</param>
    public sealed record PeerConnected(TimeSpan Now, ConnectionId Peer, bool IsToldAgain = false) : SyncEvent(Now);

    /// <summary>A connection ended.</summary>
    public sealed record PeerGone(TimeSpan Now, ConnectionId Peer) : SyncEvent(Now);

    /// <summary>
    /// A connected peer sent <c>block</c>. Feed every one: even a known block tells what the peer has. Ignored before <see
    /// cref="PeerConnected"/> and after <see cref="PeerGone"/>.
    /// </summary>
    public sealed record TipAnnounced(TimeSpan Now, ConnectionId Peer, FullBlock Block, TipKind Kind) : SyncEvent(Now);

    /// <summary>Our heaviest tip or lowest tip changed; must be fed before the answer to an effect that changed them.</summary>
    public sealed record OwnTipChanged(TimeSpan Now, OwnTips Tips) : SyncEvent(Now);

    /// <summary>Answer to <see cref="SyncEffect.CheckTarget"/>; <paramref name="Failure"/> is null if the block passed.</summary>
    public sealed record TargetChecked(TimeSpan Now, long Question, FailureScope? Failure, string? Rule) : SyncEvent(Now);

    /// <summary><c>all_header_hashes</c> arrived from a peer, asked for or not.</summary>
    public sealed record HeaderHashesArrived(TimeSpan Now, ConnectionId Peer, IReadOnlyList<Bytes32> Hashes) : SyncEvent(Now);

    /// <summary>
    /// Bytes of a large answer arrive from a peer, fast enough to wait for it. Told again every few seconds while they do.
    /// </summary>
    public sealed record AnswerProgress(TimeSpan Now, ConnectionId Peer) : SyncEvent(Now);

    /// <summary>
    /// Answer to <see cref="SyncEffect.FindForkPoint"/>: the greatest height on the list whose block, with all below it, is accepted
    /// by us (on any branch: so that blocks of an unfinished reorganisation are not fetched again). Null if even the first entry is not
    /// ours or the agreement has holes. <paramref name="Fault"/> says why it could not be looked for, by no fault of a peer.
    /// </summary>
    public sealed record ForkPointFound(TimeSpan Now, long Question, uint? Height, string? Fault = null) : SyncEvent(Now);

    /// <summary><c>header_blocks</c> arrived from a peer, asked for or not.</summary>
    public sealed record HeadersArrived(TimeSpan Now, ConnectionId Peer, Bytes32 Tip, IReadOnlyList<HeaderBlock> Headers) : SyncEvent(Now);

    /// <summary>
    /// Answer to <see cref="SyncEffect.CheckHeaders"/>. <paramref name="Records"/> holds, in order from the first header of the
    /// effect, one record per header that passed;
    /// if fewer than the effect's headers passed, <paramref name="Failure"/> speaks of the next one.
    /// </summary>
    public sealed record HeadersChecked(
        TimeSpan Now, long Question, IReadOnlyList<BlockRecord> Records, FailureScope? Failure, string? Rule) : SyncEvent(Now);

    /// <summary><c>sync_blocks</c> arrived from a peer, asked for or not.</summary>
    public sealed record BlocksArrived(TimeSpan Now, ConnectionId Peer, Bytes32 Tip, IReadOnlyList<FullBlock> Blocks) : SyncEvent(Now);

    /// <summary>
    /// Answer to <see cref="SyncEffect.ApplyBlocks"/>: the blocks up to and with <paramref name="Through"/> are committed; if that is
    /// less than the effect's,
    /// <paramref name="Failure"/> speaks of the block at <paramref name="Through"/> + 1. A block that we had already counts as accepted.
    /// </summary>
    public sealed record BlocksApplied(TimeSpan Now, long Question, uint Through, FailureScope? Failure, string? Rule) : SyncEvent(Now);

    /// <summary>After a restart: the saved checkpoint and whatever blocks the sync collection still holds. Only while idle.</summary>
    public sealed record Resume(TimeSpan Now, SyncCheckpoint Checkpoint, IReadOnlyList<FullBlock> Stored) : SyncEvent(Now);

    /// <summary>The time asked for by <see cref="SyncEffect.ScheduleTick"/> has come. Early, late and extra ticks are harmless.</summary>
    public sealed record Tick(TimeSpan Now) : SyncEvent(Now);
}
