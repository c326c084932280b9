namespace Chia.Silo.Plots;

/// <summary>A plot that is there.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Existed">It had been made before.</param>
/// <param name="WasListed">It was added to the list now.</param>
/// <param name="Bytes">Length of the file.</param>
internal sealed record MadePlot(string Path, bool Existed, bool WasListed, long Bytes);
