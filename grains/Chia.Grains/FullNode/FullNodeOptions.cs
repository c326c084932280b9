using Chia.Consensus.Chain;

namespace Chia.Grains.FullNode;

/// <summary>The reference's configuration of a full node, and our own bounds (SYNC.md 1.3, ROLES.md 2.1).</summary>
public sealed record FullNodeOptions
{
    /// <summary>max_headers_to_send: headers per answer; more asked for is the asker's fault.</summary>
    public int MaxHeadersToSend { get; set; } = 25;

    /// <summary>max_blocks_to_send: the same for blocks.</summary>
    public int MaxBlocksToSend { get; set; } = 5;

    /// <summary>sync_blocks_behind_threshold.</summary>
    public uint SyncBlocksBehindThreshold { get; set; } = NearSyncWindow.ReferenceBlocksAhead;

    /// <summary>Which blocks ahead are fetched one by one, here and in the sync.</summary>
    public NearSyncWindow NearSync => new(SyncBlocksBehindThreshold);

    /// <summary>Blocks this far below the lowest tip are forgotten unless stored.</summary>
    public uint Retention { get; set; } = 30;

    /// <summary>Wait before an unfinished block that needs long is looked at, so that faster ones overtake.</summary>
    public TimeSpan SlowBlockDelay { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Unfinished blocks kept: 30 heights with dozens of candidates each; 2 kB each.</summary>
    public int MaxUnfinished { get; set; } = 2000;

    /// <summary>Candidate blocks kept, 1 kB each.</summary>
    public int MaxCandidates { get; set; } = 2000;

    /// <summary>Disconnected blocks kept: the near-sync window with forks; 2 kB each.</summary>
    public int MaxDisconnected { get; set; } = 500;

    /// <summary>Iterations per second assumed before the first block (SYNC.md 1.2).</summary>
    public ulong InitialIpsEstimate { get; set; } = 10_000;
}
