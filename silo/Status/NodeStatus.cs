using System.Text.Json.Serialization;
using Chia.GrainInterfaces.Roles;
using Chia.Protocol.Outcomes;

namespace Chia.Silo.Status;

/// <summary>State of a node, as <c>chia show --json</c> and the local RPC give it. What a node does not have is absent
/// (OPERATIONS 1).</summary>
/// <param name="Status">State, reason and numbers in one line.</param>
/// <param name="State">How it is.</param>
/// <param name="Sentence">The same for people.</param>
/// <param name="Network">Name of its network.</param>
/// <param name="Running">False: read from the store of a node that does not run.</param>
/// <param name="Tips">The tips, heaviest first; none without a chain.</param>
/// <param name="Peers">Connections of all roles.</param>
internal sealed record NodeStatus(
    string Status,
    NodeState State,
    string Sentence,
    string Network,
    bool Running,
    IReadOnlyList<TipStatus> Tips,
    IReadOnlyList<PeerStatus> Peers)
{
    /// <summary>Why it is as it is; null if there is nothing to say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public StatusReason? Reason { get; init; }

    /// <summary>Seconds since the process started; absent if it does not run.</summary>
    public double? UptimeSeconds { get; init; }

    /// <summary>Height of the heaviest tip.</summary>
    public uint? Height { get; init; }

    /// <summary>Its total weight.</summary>
    public ulong? Weight { get; init; }

    /// <summary>Its header hash.</summary>
    public string? Tip { get; init; }

    /// <summary>Blocks stored, side branches included.</summary>
    public long? Blocks { get; init; }

    /// <summary>Difficulty of the next block; of a store, which alone does not tell it, of the heaviest tip.</summary>
    public ulong? Difficulty { get; init; }

    /// <summary>Iterations per second that the rules assume for the next block, or for the heaviest tip, as with
    /// <see cref="Difficulty"/>; no timelord's speed.</summary>
    public ulong? IterationsPerSecond { get; init; }

    /// <summary>What the sync is doing.</summary>
    public SyncStatus? Sync { get; init; }

    /// <summary>Speeds.</summary>
    public RateStatus? Rates { get; init; }

    /// <summary>The farmer of this process, if it has one.</summary>
    public FarmerStatus? Farmer { get; init; }

    /// <summary>The harvester of this process, if it has one.</summary>
    public HarvesterStatus? Harvester { get; init; }

    /// <summary>The timelord of this process, if it has one.</summary>
    public TimelordStatus? Timelord { get; init; }
}

/// <summary>One tip.</summary>
internal sealed record TipStatus(uint Height, string HeaderHash, ulong Weight, ulong Timestamp);

/// <summary>One connection: the peer's role, and ours on it.</summary>
internal sealed record PeerStatus(
    string Role, string LocalRole, string Host, int Port, int AnnouncedPort, string NodeId, string Direction, double ConnectedSeconds);

/// <summary>What the sync is doing.</summary>
internal sealed record SyncStatus(
    string Phase, long Done, long Total, double Percent, double PerSecond, uint TargetHeight, ulong TargetWeight, string TargetHash,
    int PeersInUse, string Reason);

/// <summary>Speeds; null what has not been measured yet.</summary>
internal sealed record RateStatus([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? BlocksPerSecond);
