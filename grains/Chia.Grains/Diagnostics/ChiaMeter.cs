using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Chia.Cryptography;
using Chia.Protocol.Outcomes;

namespace Chia.Grains.Diagnostics;

/// <summary>What the grains count (OPERATIONS 4). Labels are closed enums in snake case.</summary>
internal static class ChiaMeter
{
    /// <summary>The rules that need ancestors, and the commit.</summary>
    public const string ContextualStage = "contextual";

    private static readonly Meter Meter = new("Chia");

    private static readonly Counter<long> Blocks =
        Meter.CreateCounter<long>("chia.blocks", description: "Blocks handed to the chain, by what became of them.");

    private static readonly Histogram<double> Validation = Meter.CreateHistogram<double>(
        "chia.block_validation", "s", "Time of a part of validating blocks, by stage.");

    private static readonly Histogram<double> Commit =
        Meter.CreateHistogram<double>("chia.store_commit", "s", "Time of a commit to the block store.");

    private static readonly Counter<long> Reorgs =
        Meter.CreateCounter<long>("chia.chain.reorgs", description: "New heaviest tips that blocks had to leave the chain for.");

    private static readonly Histogram<long> ReorgDepth =
        Meter.CreateHistogram<long>("chia.chain.reorg_depth", description: "Blocks that left the chain in one reorganisation.");

    private static readonly Histogram<double> Lookups = Meter.CreateHistogram<double>(
        "chia.harvester_lookup", "s", "From a challenge until all plots have answered it.");

    private static readonly ObservableGauge<int> VectorFaultsOf = Meter.CreateObservableGauge(
        "chia.vector_faults",
        () => Enum.GetValues<VectorUse>().Select(use =>
            new Measurement<int>(VectorFaults.OfProcess.All.Count(fault => fault.Algorithm == use), Label("algorithm", use))),
        description: "Kinds of vectors that failed their self-check and are not used, by what they are for.");

    private static readonly ConcurrentDictionary<Enum, string> Names = [];

    /// <summary>A value of a closed enum as a label.</summary>
    public static string NameOf(Enum value) =>
        Names.GetOrAdd(value, static v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));

    public static void Block(AcceptOutcome outcome) => Blocks.Add(1, Label("result", outcome));

    public static void Validated(string stage, TimeSpan elapsed) =>
        Validation.Record(elapsed.TotalSeconds, KeyValuePair.Create<string, object?>("stage", stage));

    public static void Committed(TimeSpan elapsed) => Commit.Record(elapsed.TotalSeconds);

    public static void LookedUp(TimeSpan elapsed) => Lookups.Record(elapsed.TotalSeconds);

    public static void Reorganised(uint depth)
    {
        Reorgs.Add(1);
        ReorgDepth.Record(depth);
    }

    private static KeyValuePair<string, object?> Label(string name, Enum value) => new(name, NameOf(value));
}
