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

/// <summary>Why a file is not an archive of blocks.</summary>
public enum ArchiveError
{
    /// <summary>The file ends inside a length.</summary>
    TruncatedLength,

    /// <summary>The file ends inside a block.</summary>
    TruncatedBlock,

    /// <summary>A length of 0.</summary>
    EmptyRecord,

    /// <summary>A length above the largest possible block: this is no archive, or a damaged one.</summary>
    RecordTooLong,
}
