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

/// <summary>Why a node is as it is, where that is not all right.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StatusReason>))]
internal enum StatusReason
{
    /// <summary>No plot answers any tip's challenge.</summary>
    [JsonStringEnumMemberName("no_plot_answers")]
    NoPlotAnswers,

    /// <summary>Nobody makes proofs of time.</summary>
    [JsonStringEnumMemberName("no_timelord")]
    NoTimelord,

    /// <summary>Nobody farms.</summary>
    [JsonStringEnumMemberName("no_farmer")]
    NoFarmer,

    /// <summary>Peers were asked and do not answer, or do not have what is needed.</summary>
    [JsonStringEnumMemberName("peers_do_not_answer")]
    PeersDoNotAnswer,

    /// <summary>Blocks cannot be stored.</summary>
    [JsonStringEnumMemberName("store_unwritable")]
    StoreUnwritable,

    /// <summary>The clock differs from everybody else's.</summary>
    [JsonStringEnumMemberName("clock_wrong")]
    ClockWrong,

    /// <summary>This machine is slow to validate what it has.</summary>
    [JsonStringEnumMemberName("validation_slow")]
    ValidationSlow,

    /// <summary>A sync had begun when the node stopped; the next start goes on with it.</summary>
    [JsonStringEnumMemberName("sync_interrupted")]
    SyncInterrupted,
}
