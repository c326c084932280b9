using System.Text.Json.Serialization;
using Chia.GrainInterfaces.Roles;

namespace Chia.Silo.Rpc;

/// <summary>State of a node, as <c>chia show --json</c> and the local RPC give it.</summary>
internal sealed record NodeStatus(
    string Status,
    string Network,
    string Engine,
    bool Running,
    double UptimeSeconds,
    uint Height,
    ulong Weight,
    string Tip,
    IReadOnlyList<TipStatus> Tips,
    long Blocks,
    ulong Difficulty,
    ulong IterationsPerSecond,
    SyncStatus Sync,
    IReadOnlyList<PeerStatus> Peers,
    RateStatus Rates)
{
    /// <summary>The farmer of this process, if it has one.</summary>
    public FarmerStatus? Farmer { get; init; }

    /// <summary>The harvester of this process, if it has one.</summary>
    public HarvesterStatus? Harvester { get; init; }

    /// <summary>The timelord of this process, if it has one.</summary>
    public TimelordStatus? Timelord { get; init; }
}

/// <summary>One tip.</summary>
internal sealed record TipStatus(uint Height, string HeaderHash, ulong Weight, ulong Timestamp);

/// <summary>What the sync is doing.</summary>
internal sealed record SyncStatus(
    string Phase, long Done, long Total, double Percent, double PerSecond, uint TargetHeight, ulong TargetWeight, string TargetHash, int PeersInUse, string Reason);

/// <summary>One connection.</summary>
internal sealed record PeerStatus(string Role, string Host, int Port, int AnnouncedPort, string NodeId, string Direction, double ConnectedSeconds);

/// <summary>Speeds.</summary>
internal sealed record RateStatus(double BlocksPerSecond);

/// <summary>Serialisation without reflection at run time, names in snake case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(NodeStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;
