using Chia.Storage.Errors;

namespace Chia.Storage.Maintenance;

/// <summary>A file is not an archive of blocks from some offset on.</summary>
public sealed class ArchiveFormatException : StoreException
{
    /// <summary>Says where and what.</summary>
    public ArchiveFormatException(ArchiveError error, long offset, int record, string detail)
        : base($"not a block archive at offset {offset} (record {record}): {detail}", null)
    {
        Error = error;
        Offset = offset;
    }

    /// <summary>What is wrong.</summary>
    public ArchiveError Error { get; }

    /// <summary>Where the faulty record begins, bytes from the start of the reading.</summary>
    public long Offset { get; }
}
