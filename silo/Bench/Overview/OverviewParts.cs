using System.Globalization;
using Chia.Silo.Bench.Figures;

namespace Chia.Silo.Bench.Overview;

/// <summary>Everything that is aimed at, and what else a reader wants beside it (docs/performance.md, Overview).</summary>
internal static class OverviewParts
{
    private static readonly string Threads = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);

    public static IReadOnlyList<OverviewPart> All { get; } =
    [
        new(
            ["bls"],
            new("verify one signature", "verify (") { TimesAnchor = Goals.TimesVerify },
            new("verify, each of a batch of 64", "verify, each of a batch") { TimesAnchor = Goals.TimesVerifyInBatch },
            new("hash to G2", "hash to G2"),
            new("sign", "sign")),
        new(
            ["vdf"],
            new("discriminant, AVX-512", "AVX-512"),
            new("squaring, 1024 bits", "squaring"),
            new("squaring, own arithmetic", "squaring") { Table = "managed" },
            new("segment of a proof of time", "segment"),
            new("16 x 16 limbs, own arithmetic", "16 x 16 limbs") { Table = "managed" }),
        new(["vdf"], new OverviewRow("discriminant, AVX2 alone", "AVX2"))
        {
            Environment = new Dictionary<string, string> { ["DOTNET_EnableAVX512"] = "0" },
        },
        new(
            ["timelord"],
            new("squarings", "squarings, one thread"),
            new("squarings with their proof", "with the proof (") { TimesAnchor = Goals.TimesTimelord },
            new("the same, of those without", "the same, of the squarings")),
        Plot(20),
        Plot(25),
        new(
            ["validate"],
            new("processor time of a block", "processor time of a block"),
            new("validation, one thread", "1 thread")),
        new(
            ["sync"],
            new("warm sync", "warm sync"),
            new("warm sync, of validation alone", "warm sync, of the rate"),
            new("the same, by processor time", "validation alone, of the processor time of the"),
            new("cold sync, of validation alone", "cold sync, of the rate"),
            new("cold sync, by processor time", "validation alone, of the processor time of a cold")),
        Start(100_000, starts: 3),
        Start(1_000_000, starts: 2),
        new(
            ["gateway"],
            new("pings, frames and registry", "pings through"),
            new("a question through the grains", "processor time of all threads"),
            new("peers held", "peers held"),
            new("memory of a peer", "memory of a peer"),
            new("a block to 1,000 peers", "a block to")),
        Harvester(1),
        Harvester(100),
        Harvester(1000),
    ];

    private static OverviewPart Plot(int k) => new(
        ["plot", "-k", Text(k), "--threads", Threads],
        new($"plotting k = {k}, one thread", "plotting, 1 thread"),
        new($"plotting k = {k}, {Threads} threads", $"plotting, {Threads} threads") { TimesAnchor = 1 },
        new($"k = {k}, {Threads} threads for one", "threads for one"));

    private static OverviewPart Start(int blocks, int starts) => new(
        ["start", "--blocks", Text(blocks), "--starts", Text(starts)],
        new(string.Create(CultureInfo.InvariantCulture, $"{blocks:N0} blocks: start to ready"), "time to ready, least"),
        new(string.Create(CultureInfo.InvariantCulture, $"{blocks:N0} blocks: live heap of each"), "live heap of a block"))
    {
        TakesSeconds = false,
    };

    private static OverviewPart Harvester(int plots)
    {
        var many = string.Create(CultureInfo.InvariantCulture, $"{plots:N0} {(plots == 1 ? "plot" : "plots")}");
        return new(
            ["harvester", "--plots", Text(plots), "--idle", "0"],
            new($"{many}, an answer each: time", "a challenge, every plot"),
            new($"{many}: processor time of each", "the same, of a plot"),
            new($"{many}: reads of each", "reads of a plot"))
        {
            TakesSeconds = false,
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
