namespace Chia.Storage.Files;

/// <summary>A file is being changed by another owner; nothing was changed.</summary>
public sealed class FileInUseException : IOException
{
    /// <summary>Names the file and, where the system tells, its owner.</summary>
    public FileInUseException(string path, int? owner, Exception? cause = null)
        : base($"{path} is in use by {(owner is { } pid ? $"process {pid}" : "another process")}", cause) =>
        Owner = owner;

    /// <summary>Process id of the owner; null where it cannot be told.</summary>
    public int? Owner { get; }
}
