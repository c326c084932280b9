namespace Chia.Cryptography.Plots;

/// <summary>A finished plot.</summary>
/// <param name="Path">The file.</param>
/// <param name="FileBytes">Its length in bytes.</param>
/// <param name="Entries">Entries of P1 … P7; the last is the number of proofs it holds.</param>
/// <param name="SpilledBytes">The largest size of the temporary file; 0 if memory was enough.</param>
public sealed record PlotSummary(string Path, long FileBytes, IReadOnlyList<long> Entries, long SpilledBytes);
