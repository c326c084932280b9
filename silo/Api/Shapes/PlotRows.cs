namespace Chia.Silo.Api.Shapes;

/// <summary>Plots of the harvester.</summary>
internal sealed record PlotRows(IReadOnlyList<PlotRow> Plots);

/// <summary>One plot.</summary>
/// <param name="Name">File name.</param>
/// <param name="Path">Where the file lies.</param>
/// <param name="PlotId">The plot id.</param>
/// <param name="K">Its size; absent if it was never opened.</param>
/// <param name="ExpectedBytes">Its size as consensus counts it: 0.762 · k · 2^k.</param>
/// <param name="State">ok, faulty or duplicate.</param>
/// <param name="Fault">Why it cannot be read.</param>
internal sealed record PlotRow(string Name, string Path, string PlotId, int? K, double? ExpectedBytes, string State, string? Fault);

/// <summary>The newest challenges of the farmer, newest first.</summary>
internal sealed record ChallengeRows(IReadOnlyList<ChallengeRow> Challenges);

/// <summary>A challenge and what came of it.</summary>
/// <param name="Challenge">The challenge.</param>
/// <param name="Height">Height of its block.</param>
/// <param name="Weight">Total weight of its block.</param>
/// <param name="Difficulty">Difficulty of the next block.</param>
/// <param name="AgeSeconds">Since it was announced first.</param>
/// <param name="Qualities">Qualities that harvesters answered.</param>
/// <param name="Followed">Those that were good enough to be followed up.</param>
/// <param name="Proofs">Proofs that came of it.</param>
/// <param name="Signed">Headers signed with them.</param>
/// <param name="BestIterations">Fewest iterations of a followed quality.</param>
internal sealed record ChallengeRow(
    string Challenge,
    uint Height,
    ulong Weight,
    ulong Difficulty,
    double AgeSeconds,
    int Qualities,
    int Followed,
    int Proofs,
    int Signed,
    ulong? BestIterations);
