namespace Chia.Grains.Sync;

/// <summary>Why bytes are not a checkpoint. The consequence is the same for all: forget it and start afresh.</summary>
internal enum SyncCheckpointError
{
    /// <summary>They are one.</summary>
    None,

    /// <summary>Too short, too long, or the counts do not fit the length.</summary>
    Length,

    /// <summary>Written by another version of this format.</summary>
    Version,

    /// <summary>The checksum does not match: the bytes were damaged.</summary>
    Checksum,

    /// <summary>The values contradict each other.</summary>
    Inconsistent,
}
