using System.Globalization;
using System.Text.Json;
using Chia.Grains.Farmer;
using Chia.Protocol.Outcomes;

namespace Chia.Silo.Status;

/// <summary>The sentence for people, made from state and reason in one place.</summary>
internal static class StatusSentence
{
    /// <param name="state">How it is.</param>
    /// <param name="reason">Why.</param>
    /// <param name="detail">What there is to say beside the reason; empty for nothing.</param>
    public static string Of(NodeState state, StatusReason? reason, string detail = "") =>
        state == NodeState.Stalled && detail.Length > 0 ? $"{Of(state, reason)} ({detail})" : Of(state, reason);

    /// <summary>A state or reason in the word that programs know it by.</summary>
    public static string Word(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>A reason in its word, with what there is to say beside it; empty for none.</summary>
    public static string Brief(StatusReason? reason, string detail) =>
        reason is null ? "" : detail.Length > 0 ? $"{Word(reason)}: {detail}" : Word(reason);

    /// <summary>What there is to say beside a standstill's reason.</summary>
    /// <param name="reason">Why the chain stands still.</param>
    /// <param name="proofsPerChallenge">Proofs that the farmer's plots have for a challenge, on average; null if it does not know.</param>
    /// <param name="plots">Plots of the harvester here; null if there is none.</param>
    public static string Detail(StatusReason reason, double? proofsPerChallenge, int? plots) => reason switch
    {
        StatusReason.NoTimelord => "blocks wait for proofs of time that do not come",
        StatusReason.NoFarmer => "no block was made for a while, and nobody farms here",
        _ => proofsPerChallenge is { } proofs ? Plots(proofs, plots) : "no plot answers the newest challenges",
    };

    private static string Plots(double proofs, int? plots)
    {
        var found = string.Create(CultureInfo.InvariantCulture, $"the plots have {proofs:0.0} proofs per challenge");
        var more = plots is { } count ? PlotNeed.MorePlots(count, proofs) : 0;
        return more == 0 ? found : $"{found}; {more} more make it safe";
    }

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
