namespace Chia.Storage.Errors;

/// <summary>Another writer holds the store. Readers are always admitted.</summary>
public sealed class StoreInUseException : StoreException
{
    /// <summary>Names the store.</summary>
    public StoreInUseException(string location, Exception? cause = null)
        : base($"the store {location} is in use by another node: stop it first, or choose another root folder", cause)
    {
    }
}
