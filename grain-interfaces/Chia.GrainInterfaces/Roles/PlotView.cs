namespace Chia.GrainInterfaces.Roles;

/// <summary>A plot of a harvester, for status displays.</summary>
/// <param name="Name">File name.</param>
/// <param name="Path">Where the file lies.</param>
/// <param name="PlotId">The plot id in hexadecimal.</param>
/// <param name="K">Its size; null if it was never opened.</param>
/// <param name="Fault">Why it cannot be read; null if it can.</param>
/// <param name="IsDuplicate">It is listed before under another path, and not counted.</param>
[GenerateSerializer, Immutable, Alias("chia.PlotView")]
public sealed record PlotView(string Name, string Path, string PlotId, int? K, string? Fault, bool IsDuplicate);
