namespace Chia.Grains.Chain;

/// <summary>How far an import has come.</summary>
/// <param name="Imported">Blocks added.</param>
/// <param name="Skipped">Blocks that were stored before.</param>
/// <param name="Bytes">Bytes of the records dealt with.</param>
public sealed record ImportProgress(long Imported, long Skipped, long Bytes);
