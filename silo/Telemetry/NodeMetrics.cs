using System.Diagnostics.Metrics;
using Chia.GrainInterfaces.Clusters;
using Chia.Protocol.Primitives;
using Chia.Silo.Api.Requests;
using Chia.Silo.Node;
using Chia.Silo.Status;

namespace Chia.Silo.Telemetry;

/// <summary>
/// What is read off nodes when somebody asks, rather than counted as it happens (OPERATIONS 4). The figures are those of the status, a
/// moment old at most: who scrapes asks for fresh ones first.
/// </summary>
internal sealed class NodeMetrics : IDisposable
{
    private static readonly bool[] Directions = [false, true];

    private readonly INodeSource _nodes;
    private readonly Meter _meter;
    private IReadOnlyList<(string Node, StatusFacts Facts, StatusReport Report)> _read = [];

    public NodeMetrics(INodeSource nodes)
    {
        _nodes = nodes;
        _meter = new Meter(new MeterOptions(TelemetryNames.Chia) { Scope = this });
        Gauge("chia.uptime", "s", "Since the process started.", r => r.UptimeSeconds);
        Gauge("chia.ready", null, "1 if the node is ready.", r => NodeHealth.Of(r).IsReady ? 1 : 0);
        Gauge("chia.chain.height", null, "Height of the heaviest tip.", r => r.Tip?.Height);
        Gauge("chia.chain.weight", null, "Total weight of the heaviest tip.", r => r.Tip?.Weight);
        Gauge("chia.chain.tip_age", "s", "Since the heaviest tip's timestamp.", r => r.Tip?.AgeSeconds);
        Gauge("chia.chain.difficulty", null, "Difficulty of the next block.", r => r.Difficulty);
        Gauge("chia.chain.block_time", "s", "Mean time between the newest blocks.", r => r.BlockTimeSeconds);
        Gauge("chia.chain.block_time_target", "s", "Time between blocks that the network aims at.", r => r.BlockTimeTargetSeconds);
        Gauge("chia.chain.orphan_rate", null, "Share of the newest blocks beside the chain.", r => r.Orphans?.Rate);
        Gauge("chia.netspace", "By", "Space that made the newest blocks, estimated.", r => r.NetspaceBytes);
        Gauge("chia.sync.done", null, "Items done in the phase of the sync.", r => r.Sync?.Done);
        Gauge("chia.sync.total", null, "Items of the phase of the sync.", r => r.Sync?.Total);
        Gauge("chia.sync.rate", null, "Items a second of the sync; 0 if there is none.", r => r.Sync is null ? null : r.Sync.Rate ?? 0);
        Gauge("chia.timelord.iterations_per_second", null, "Measured speed of an evaluation; 0 before the first.", r =>
            r.Roles.Timelord is { } t ? t.IterationsPerSecond ?? 0 : null);
        Many("chia.state", "1 for the state that the node is in.", StatesOf);
        Many("chia.peers", "Connections.", PeersOf);
        Many("chia.plots", "Plots of the harvester.", PlotsOf);
        _meter.CreateObservableCounter(
            "chia.farmer.proofs", () => Read(r => r.Roles.Farmer?.ProofsFound), description: "Proofs of space found.");
        _meter.CreateObservableCounter(
            "chia.timelord.proofs", () => Read(r => r.Roles.Timelord?.ProofsMade), description: "Proofs of time made.");
    }

    /// <summary>Asks the nodes anew. One that does not answer is left out.</summary>
    public async Task Refresh()
    {
        var read = new List<(string, StatusFacts, StatusReport)>();
        foreach (var name in _nodes.Names)
        {
            try
            {
                if (_nodes.Find(name) is { } node)
                {
                    var facts = await node.Status.Gather();
                    read.Add((name, facts, StatusReportOf.Node(facts)));
                }
            }
            catch (Exception error) when (CallFaults.Of(error) != CallFault.Failed)
            {
                // It starts or stops.
            }
        }

        _read = read;
    }

    public void Dispose() => _meter.Dispose();

    private void Gauge(string name, string? unit, string description, Func<StatusReport, double?> of) =>
        _meter.CreateObservableGauge(name, () => Read(of), unit, description);

    private void Many(
        string name, string description, Func<StatusFacts, IEnumerable<(double Value, KeyValuePair<string, object?>[] Labels)>> of) =>
        _meter.CreateObservableGauge(
            name,
            () => _read.SelectMany(r => of(r.Facts).Select(v => new Measurement<double>(v.Value, [Label("node", r.Node), .. v.Labels]))),
            description: description);

    private IEnumerable<Measurement<T>> Read<T>(Func<StatusReport, T?> of)
        where T : struct
    {
        foreach (var (node, _, report) in _read)
        {
            if (of(report) is { } value)
                yield return new Measurement<T>(value, Label("node", node));
        }
    }

    private static IEnumerable<(double, KeyValuePair<string, object?>[])> StatesOf(StatusFacts facts)
    {
        var state = StatusOf.Judge(facts).State;
        return Enum.GetValues<NodeState>().Select(s => (s == state ? 1.0 : 0, new[] { Label("state", StatusSentence.Word(s)) }));
    }

    private static IEnumerable<(double, KeyValuePair<string, object?>[])> PeersOf(StatusFacts facts) =>
        from role in Enum.GetValues<Role>()
        where role != Role.None
        from isOutbound in Directions
        select (
            (double)facts.Peers.Count(peer => peer.PeerRole == role && peer.IsOutbound == isOutbound),
            new[] { Label("role", RoleNames.Of(role)), Label("direction", isOutbound ? "outbound" : "inbound") });

    private static IEnumerable<(double, KeyValuePair<string, object?>[])> PlotsOf(StatusFacts facts) =>
        facts.Harvester is not { } harvester
        ? []
        :
        [
            (harvester.Plots, [Label("state", "ok")]),
            (harvester.Faults.Length, [Label("state", "faulty")]),
            (harvester.Duplicates.Length, [Label("state", "duplicate")]),
        ];

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);
}

/// <summary>Names that telemetry is known by.</summary>
internal static class TelemetryNames
{
    /// <summary>Our meter and source of activities.</summary>
    public const string Chia = "Chia";

    /// <summary>Orleans' meter.</summary>
    public const string Orleans = "Microsoft.Orleans";

    /// <summary>Says where to send metrics and traces, as everywhere in OpenTelemetry.</summary>
    public const string OtlpVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
}
