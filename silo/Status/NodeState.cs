using System.Text.Json.Serialization;

namespace Chia.Silo.Status;

/// <summary>How a node is, in one word: the same everywhere (OPERATIONS 1).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NodeState>))]
internal enum NodeState
{
    /// <summary>It is being started.</summary>
    [JsonStringEnumMemberName("starting")]
    Starting,

    /// <summary>It looks for others and has none.</summary>
    [JsonStringEnumMemberName("no_peers")]
    NoPeers,

    /// <summary>It knows a better tip and waits a moment for more.</summary>
    [JsonStringEnumMemberName("collecting")]
    Collecting,

    /// <summary>It is fetching a chain.</summary>
    [JsonStringEnumMemberName("syncing")]
    Syncing,

    /// <summary>It is on the heaviest chain that anybody has shown.</summary>
    [JsonStringEnumMemberName("synced")]
    Synced,

    /// <summary>It does not go on; the reason says why.</summary>
    [JsonStringEnumMemberName("stalled")]
    Stalled,

    /// <summary>It is being stopped.</summary>
    [JsonStringEnumMemberName("stopping")]
    Stopping,

    /// <summary>It has no chain, and does what its roles do.</summary>
    [JsonStringEnumMemberName("idle")]
    Idle,

    /// <summary>Nothing runs: this is what its store says.</summary>
    [JsonStringEnumMemberName("not_running")]
    NotRunning,
}
