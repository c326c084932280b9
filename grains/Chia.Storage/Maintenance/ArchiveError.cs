namespace Chia.Storage.Maintenance;

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
