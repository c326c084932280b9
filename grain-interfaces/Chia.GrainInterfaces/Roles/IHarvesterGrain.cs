namespace Chia.GrainInterfaces.Roles;

/// <summary>The harvester (ROLES.md 4); key: the node's name.</summary>
[Alias("chia.IHarvesterGrain"), Version(1)]
public interface IHarvesterGrain : IRoleGrain
{
    /// <summary>Its state, for status displays.</summary>
    [Alias("GetStatus"), ReadOnly, ResponseTimeout(AnswerTime.Memory)]
    Task<HarvesterStatus> GetStatus();

    /// <summary>Its plots.</summary>
    [Alias("GetPlots"), ReadOnly, ResponseTimeout(AnswerTime.Memory)]
    Task<PlotView[]> GetPlots();
}

/// <summary>What a harvester is doing, for status displays. Counts are since its start.</summary>
/// <param name="Farmers">Connected farmers.</param>
/// <param name="Plots">Plots that can be read.</param>
/// <param name="Faults">Plots that cannot: name and reason.</param>
/// <param name="Duplicates">Paths of plots that are listed a second time; not counted.</param>
/// <param name="Challenges">Challenges looked up.</param>
/// <param name="Qualities">Qualities found for them.</param>
/// <param name="Proofs">Full proofs delivered.</param>
/// <param name="Signatures">Headers and shares signed.</param>
[GenerateSerializer, Immutable, Alias("chia.HarvesterStatus")]
public sealed record HarvesterStatus(
    int Farmers, int Plots, string[] Faults, string[] Duplicates, long Challenges, long Qualities, long Proofs, long Signatures);

/// <summary>A plot of a harvester, for status displays.</summary>
/// <param name="Name">File name.</param>
/// <param name="Path">Where the file lies.</param>
/// <param name="PlotId">The plot id in hexadecimal.</param>
/// <param name="K">Its size; null if it was never opened.</param>
/// <param name="Fault">Why it cannot be read; null if it can.</param>
/// <param name="IsDuplicate">It is listed before under another path, and not counted.</param>
[GenerateSerializer, Immutable, Alias("chia.PlotView")]
public sealed record PlotView(string Name, string Path, string PlotId, int? K, string? Fault, bool IsDuplicate);
