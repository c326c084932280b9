namespace Chia.GrainInterfaces.Roles;

/// <summary>What a harvester is at, for status displays. Counts are since its start.</summary>
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
