namespace Chia.Storage.Maintenance;

/// <summary>One record of an archive.</summary>
/// <param name="Offset">Where it begins, bytes from the start of the reading.</param>
/// <param name="Bytes">The block's bytes, not yet decoded.</param>
public readonly record struct ArchiveRecord(long Offset, byte[] Bytes);
