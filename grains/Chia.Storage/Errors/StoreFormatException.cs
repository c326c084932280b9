namespace Chia.Storage.Errors;

/// <summary>The file is not a block store at all, so no maintenance command can help it.</summary>
public sealed class StoreFormatException : StoreException
{
    /// <summary>Names the file and what it is instead.</summary>
    public StoreFormatException(string location, string what, Exception? cause = null)
        : base($"{location} is not a block store ({what}): name another root folder, or move the file away and sync again", cause) =>
        Location = location;

    /// <summary>The file.</summary>
    public string Location { get; }
}
