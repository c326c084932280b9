using System.Text.Json.Serialization;
using Chia.Protocol.Outcomes;

namespace Chia.Silo.Status;

/// <summary>State of a node as the API gives it (OPERATIONS 1, 3). What a node does not have is absent.</summary>
/// <param name="Node">Name of the node that answers.</param>
/// <param name="State">How it is.</param>
/// <param name="Sentence">The same, with the reason, for people.</param>
/// <param name="Network">Name of its network.</param>
/// <param name="Version">Version of the program, with its commit.</param>
/// <param name="UptimeSeconds">Since the process started.</param>
/// <param name="Tips">The tips, heaviest first; none without a chain.</param>
/// <param name="Roles">What is in it.</param>
internal sealed record StatusReport(
    string Node,
    [property: JsonRequired] NodeState State,
    [property: JsonRequired] string Sentence,
    [property: JsonRequired] string Network,
    string Version,
    double UptimeSeconds,
    IReadOnlyList<StatusTip> Tips,
    StatusRoles Roles)
{
    /// <summary>Why it is as it is; null if there is nothing to say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public StatusReason? Reason { get; init; }

    /// <summary>The heaviest tip.</summary>
    public StatusTip? Tip { get; init; }

    /// <summary>Least common ancestor of the tips.</summary>
    public StatusTip? Lca { get; init; }

    /// <summary>Blocks stored, side branches included.</summary>
    public long? Blocks { get; init; }

    /// <summary>Difficulty of the next block, units of 2³².</summary>
    public ulong? Difficulty { get; init; }

    /// <summary>Iterations per second that the next block's consensus assumes; no timelord's speed.</summary>
    public ulong? Ips { get; init; }

    /// <summary>Space that made the newest blocks, estimated.</summary>
    public double? NetspaceBytes { get; init; }

    /// <summary>Mean seconds between the newest blocks.</summary>
    public double? BlockTimeSeconds { get; init; }

    /// <summary>Seconds between blocks that the network aims at.</summary>
    public uint? BlockTimeTargetSeconds { get; init; }

    /// <summary>Blocks until the difficulty changes next.</summary>
    public uint? BlocksToAdjustment { get; init; }

    /// <summary>Blocks beside the chain.</summary>
    public OrphanStatus? Orphans { get; init; }

    /// <summary>What the sync is doing.</summary>
    public SyncProgressStatus? Sync { get; init; }

    /// <summary>New blocks a second; absent without a chain.</summary>
    public RateStatus? Rates { get; init; }

    /// <summary>Connections of all roles.</summary>
    public int Peers { get; init; }
}

/// <summary>A tip, or the ancestor of tips.</summary>
/// <param name="Height">Height.</param>
/// <param name="Hash">Header hash.</param>
/// <param name="Weight">Total weight.</param>
/// <param name="Timestamp">Unix time, seconds.</param>
/// <param name="AgeSeconds">Since then.</param>
internal sealed record StatusTip(uint Height, string Hash, ulong Weight, ulong Timestamp, double AgeSeconds);

/// <summary>Blocks beside the chain at the newest heights.</summary>
/// <param name="Window">Heights looked at.</param>
/// <param name="Count">Blocks beside the chain.</param>
/// <param name="Rate">Their share of all blocks there.</param>
internal sealed record OrphanStatus(int Window, int Count, double Rate);

/// <summary>What the sync is doing.</summary>
/// <param name="Phase">collecting, header_hashes, headers, blocks, or the state where there is none.</param>
/// <param name="Done">Items done in this phase.</param>
/// <param name="Total">Items of this phase; 0 if unknown.</param>
/// <param name="PeersInUse">Peers with open requests.</param>
internal sealed record SyncProgressStatus(string Phase, long Done, long Total, int PeersInUse)
{
    /// <summary>Items a second; null if not measured yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? Rate { get; init; }

    /// <summary>To the end of this phase; null if nobody knows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? SecondsLeft { get; init; }

    /// <summary>The tip synced to.</summary>
    public SyncTargetStatus? Target { get; init; }
}

/// <summary>The tip synced to, as a peer claims it.</summary>
internal sealed record SyncTargetStatus(uint Height, string Hash, ulong Weight);

/// <summary>The roles of a node; those that are not there are absent.</summary>
internal sealed record StatusRoles
{
    public FullNodeRoleStatus? FullNode { get; init; }

    public FarmerRoleStatus? Farmer { get; init; }

    public HarvesterRoleStatus? Harvester { get; init; }

    public TimelordRoleStatus? Timelord { get; init; }

    public IntroducerRoleStatus? Introducer { get; init; }
}

/// <summary>A full node: its connections by role, blocks that wait for proofs of time.</summary>
internal sealed record FullNodeRoleStatus(int Peers, int FullNodes, int Farmers, int Timelords, int UnfinishedBlocks);

/// <summary>A farmer; counts are since its start.</summary>
internal sealed record FarmerRoleStatus(
    int Peers, int FullNodes, int Harvesters, long ProofsFound, long BlocksHandedIn, double? ProofsPerChallenge);

/// <summary>A harvester; counts are since its start.</summary>
internal sealed record HarvesterRoleStatus(
    int Peers, int Farmers, int Plots, int FaultyPlots, int DuplicatePlots, long Challenges, long Proofs);

/// <summary>A timelord; counts are since its start.</summary>
internal sealed record TimelordRoleStatus(
    int Peers, int FullNodes, int Slots, int BusySlots, double? IterationsPerSecond, long ProofsMade, long Failures);

/// <summary>An introducer.</summary>
internal sealed record IntroducerRoleStatus(int Peers);
