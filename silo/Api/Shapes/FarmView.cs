using System.Text.Json.Serialization;

namespace Chia.Silo.Api.Shapes;

/// <summary>What is farmed here. Counts are since the start; a role that is not there is absent.</summary>
internal sealed record FarmView
{
    public FarmerView? Farmer { get; init; }

    public HarvesterView? Harvester { get; init; }

    /// <summary>What is to be expected of the plots; absent without a harvester, or as long as nothing can be said.</summary>
    public FarmExpectation? Expectation { get; init; }

    /// <summary>What the plots won of the newest blocks, beside what was to be expected; absent as long as nothing can be said.</summary>
    public FarmLuckView? Luck { get; init; }
}

/// <summary>The farmer.</summary>
/// <param name="FullNodes">Connected full nodes.</param>
/// <param name="Harvesters">Connected harvesters.</param>
/// <param name="ProofsFound">Proofs that were verified.</param>
/// <param name="BlocksHandedIn">Blocks handed to full nodes, signed.</param>
/// <param name="Shares">Shares for the pool.</param>
/// <param name="Challenges">Challenges kept.</param>
/// <param name="Qualities">Qualities that are being followed up.</param>
internal sealed record FarmerView(
    int FullNodes, int Harvesters, long ProofsFound, long BlocksHandedIn, long Shares, int Challenges, int Qualities)
{
    /// <summary>Height of the heaviest challenge's block; null if no full node has announced one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public uint? Height { get; init; }

    /// <summary>The challenge; null if there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Challenge { get; init; }

    /// <summary>Proofs that the plots had for a challenge, on average; null before the first was asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? ProofsPerChallenge { get; init; }
}

/// <summary>The harvester.</summary>
/// <param name="Farmers">Connected farmers.</param>
/// <param name="Plots">Plots that can be read.</param>
/// <param name="Challenges">Challenges looked up.</param>
/// <param name="Qualities">Qualities found for them.</param>
/// <param name="Proofs">Full proofs delivered.</param>
/// <param name="Signatures">Headers and shares signed.</param>
/// <param name="Faults">Plots that cannot be read: name and reason.</param>
/// <param name="Duplicates">Paths of plots that are listed a second time; not counted.</param>
internal sealed record HarvesterView(
    int Farmers,
    int Plots,
    long Challenges,
    long Qualities,
    long Proofs,
    long Signatures,
    IReadOnlyList<string> Faults,
    IReadOnlyList<string> Duplicates);

/// <summary>What is to be expected.</summary>
/// <param name="PlotBytes">Expected size of the plots, as consensus counts it.</param>
/// <param name="Share">Of the network's estimated space.</param>
/// <param name="SecondsToWin">Mean time to a block of one's own; null if never.</param>
internal sealed record FarmExpectation(double PlotBytes, double Share, double? SecondsToWin);

/// <summary>Blocks won of the newest blocks of the chain. Bounds hold 95 of 100 farms of the same share.</summary>
/// <param name="From">Height of the first block looked at.</param>
/// <param name="Blocks">Blocks looked at.</param>
/// <param name="Won">Those that plots of this farm won.</param>
/// <param name="Expected">Those that its share of the space lets expect.</param>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound.</param>
/// <param name="Points">The same after each part of the blocks, lowest first; at most 100.</param>
internal sealed record FarmLuckView(
    uint From, int Blocks, int Won, double Expected, int Low, int High, IReadOnlyList<LuckPoint> Points)
{
    /// <summary>Won ÷ expected; null where nothing is to be expected.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? Luck { get; init; }

    /// <summary>Height of the newest block that was won; null if none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public uint? LastWon { get; init; }
}

/// <summary>Blocks won up to a height.</summary>
internal sealed record LuckPoint(uint Height, int Won, double Expected, int Low, int High);
