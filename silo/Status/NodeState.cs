using System.Text.Json;
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

/// <summary>The sentence for people, made from state and reason in one place.</summary>
internal static class StatusSentence
{
    /// <param name="state">How it is.</param>
    /// <param name="reason">Why.</param>
    /// <param name="told">What was told of it: what stands behind its first word and a colon is repeated.</param>
    public static string Of(NodeState state, StatusReason? reason, string told = "")
    {
        var colon = told.IndexOf(':', StringComparison.Ordinal);
        return state == NodeState.Stalled && colon >= 0 ? $"{Of(state, reason)} ({told[(colon + 1)..].Trim()})" : Of(state, reason);
    }

    /// <summary>A state or reason in the word that programs know it by.</summary>
    public static string Word(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string Of(NodeState state, StatusReason? reason) => (state, reason) switch
    {
        (_, StatusReason.NoPlotAnswers) => "stalled: no plot answers the challenges of the tips; more plots make that rare",
        (_, StatusReason.NoTimelord) => "stalled: no timelord is connected, so nobody makes proofs of time",
        (_, StatusReason.NoFarmer) => "stalled: no farmer is connected, so nobody makes blocks",
        (_, StatusReason.PeersDoNotAnswer) => "stalled: the peers do not answer what they are asked; others are tried",
        (_, StatusReason.StoreUnwritable) => "stalled: blocks cannot be stored; it goes on by itself when there is room",
        (_, StatusReason.ClockWrong) => "stalled: this machine's clock is wrong; set it",
        (_, StatusReason.ValidationSlow) => "stalled: validating takes longer than it should on this machine",
        (_, StatusReason.SyncInterrupted) => "not running; a sync had begun, and the next start goes on with it",
        (NodeState.Starting, _) => "starting",
        (NodeState.NoPeers, _) => "no peers: name some with --connect, or an introducer with --introducer",
        (NodeState.Collecting, _) => "a better tip is known; waiting a moment for more",
        (NodeState.Syncing, _) => "syncing",
        (NodeState.Synced, _) => "synced",
        (NodeState.Stopping, _) => "stopping",
        (NodeState.Idle, _) => "running; no chain here",
        (NodeState.NotRunning, _) => "not running",
        _ => "stalled",
    };
}
