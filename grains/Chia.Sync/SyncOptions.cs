using Chia.Consensus.Chain;

namespace Chia.Sync;

/// <summary>The numbers of a synchronisation. Request sizes must not exceed what a reference node answers (PROTOCOL.md 8.2).</summary>
public sealed record SyncOptions
{
    /// <summary>
    /// Heights in one <c>request_header_blocks</c>: max_headers_to_send of the reference; more makes it close the connection.
    /// </summary>
    public int HeadersPerRequest { get; init; } = 25;

    /// <summary>
    /// Heights in one <c>request_sync_blocks</c>: max_blocks_to_send of the reference; more makes it close the connection.
    /// </summary>
    public int BlocksPerRequest { get; init; } = 5;

    /// <summary>
    /// Requests open at one peer; a reference peer answers each at once, from one queue shared with its other peers (SYNC.md 7, end).
    /// </summary>
    public int RequestsPerPeer { get; init; } = 4;

    /// <summary>Headers held beyond the last checked one: 20 requests, about 1 MB.</summary>
    public int HeaderWindow { get; init; } = 480;

    /// <summary>Headers given to one check.</summary>
    public int HeadersPerCheck { get; init; } = 240;

    /// <summary>
    /// Blocks held beyond the last accepted one: two batches of <see cref="BlocksPerApply"/>, so that one is fetched while the other
    /// is validated; about 200 kB.
    /// </summary>
    public int BlockWindow { get; init; } = 100;

    /// <summary>Silos that check blocks when a sync begins to ask for them: each has a window of its own, so that none waits for
    /// blocks.</summary>
    public Func<int> Validators { get; init; } = static () => 1;

    /// <summary>Blocks given to one validation: num_sync_batches × 5 of the reference, here verified in parallel.</summary>
    public int BlocksPerApply { get; init; } = 50;

    /// <summary>
    /// Longest hash list: 34 bytes an entry on the wire, so this is half of the largest frame (PROTOCOL.md 11.3). A target above it
    /// is not considered.
    /// </summary>
    public int MaxHashListLength { get; init; } = 1_000_000;

    /// <summary>How long tips are collected before the best is taken; the reference sleeps 5 s.</summary>
    public TimeSpan CollectTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A tip so many blocks ahead is worth starting for at once: what is still to be collected is fetched by the next, short
    /// synchronisation.
    /// </summary>
    public uint FarAhead { get; init; } = 1000;

    /// <summary>Which blocks ahead are left to near-sync: the full node's own window.</summary>
    public NearSyncWindow NearSync { get; init; } = new();

    /// <summary>Silence after which another peer is asked as well, while nothing is known of the peer's speed.</summary>
    public TimeSpan InitialPatience { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Shortest patience, however fast the peer was.</summary>
    public TimeSpan MinPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest patience, however slow the peer was.</summary>
    public TimeSpan MaxPatience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Peers that may let us wait for one target's hash list before another target takes over.</summary>
    public int ListPeers { get; init; } = 3;

    /// <summary>
    /// A peer that has answered nothing for this target counts as silent after this long without a byte of an answer. While one arrives
    /// the gateway tells so every two seconds (DECISIONS 19).
    /// </summary>
    public TimeSpan FirstAnswerLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A peer that has answered before counts as silent after this long: slow is not wrong.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Pause before silent peers are asked once more, when no other is left.</summary>
    public TimeSpan SilenceBackoff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often one peer's hash list is taken up again after it was left for another's.</summary>
    public int ListTries { get; init; } = 3;

    /// <summary>How often silence is forgiven before the target is given up: with the limits above about the reference's 200 s.</summary>
    public int SilenceRounds { get; init; } = 2;

    /// <summary>Headers and blocks must come at least this fast while another target waits; any honest peer is ten times faster.</summary>
    public double LeastPerSecond { get; init; } = 2;

    /// <summary>How long we must have waited for peers before that is judged, and so judged anew.</summary>
    public TimeSpan SlowAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>No progress for so long is reported as stalled.</summary>
    public TimeSpan StallAfter { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Pause before a target is tried again that failed by our own fault or was too slow.</summary>
    public TimeSpan LocalRetry { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// A target that nobody answered for is revived at once when another peer announces it, the second time after this pause, then
    /// twice as long each time: or reconnecting would be a free attack.
    /// </summary>
    public TimeSpan RevivePause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Pause before those are asked again who announced a target and answered nothing, twice as long each time: where no new block comes
    /// they announce nothing else, and whoever was only busy would never be asked for what it has.
    /// </summary>
    public TimeSpan AskAgainPause { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Failed targets remembered; the oldest is forgotten first.</summary>
    public int FailedTargets { get; init; } = 256;

    /// <summary>Announced header hashes remembered per peer: a node sends three on connect, then one per new tip.</summary>
    public int AnnouncementsPerPeer { get; init; } = 8;

    /// <summary>
    /// A checkpoint is due after so many newly verified headers, or a quarter more than at the last one, so that writing stays
    /// linear.
    /// </summary>
    public int HeadersPerCheckpoint { get; init; } = 2000;
}
