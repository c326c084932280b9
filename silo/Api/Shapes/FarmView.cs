using System.Text.Json.Serialization;

namespace Chia.Silo.Api.Shapes;

/// <summary>What is farmed here. Counts are since the start; a role that is not there is absent.</summary>
internal sealed record FarmView
{
    public FarmerView? Farmer { get; init; }

    public HarvesterView? Harvester { get; init; }

    /// <summary>What is to be expected of the plots; absent without a harvester, or as long as nothing can be said.</summary>
    public FarmExpectation? Expectation { get; init; }
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
