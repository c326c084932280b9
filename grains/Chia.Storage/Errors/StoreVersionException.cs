namespace Chia.Storage.Errors;

/// <summary>The store was written by a newer version of the program; nothing was changed in it.</summary>
public sealed class StoreVersionException : StoreException
{
    /// <summary>Names both schema versions.</summary>
    public StoreVersionException(string location, long stored, long known)
        : base($"the store {location} has schema version {stored} and this program knows versions up to {known}: use a newer program",
            null) =>
        Stored = stored;

    /// <summary>The store's schema version.</summary>
    public long Stored { get; }
}
