namespace Chia.Storage;

/// <summary>What a medium says of itself.</summary>
/// <param name="Complaints">One line each; none means sound.</param>
/// <param name="NotCovered">What could not be looked at, one line each.</param>
public sealed record MediumReport(IReadOnlyList<string> Complaints, IReadOnlyList<string> NotCovered);
