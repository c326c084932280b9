namespace Chia.Storage.Errors;

/// <summary>The medium refuses: no such file, no permission, disk full, read or write error. Nothing of the failed call was
/// stored.</summary>
public sealed class StoreUnavailableException : StoreException
{
    /// <summary>Names the store and the medium's reason.</summary>
    public StoreUnavailableException(string location, string reason, Exception? cause = null)
        : base($"the store {location} cannot be used: {reason}", cause)
    {
    }
}
