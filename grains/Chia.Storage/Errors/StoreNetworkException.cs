namespace Chia.Storage.Errors;

/// <summary>The store holds the chain of another network.</summary>
public sealed class StoreNetworkException : StoreException
{
    /// <summary>Names both networks.</summary>
    public StoreNetworkException(string location, StoreIdentity stored, StoreIdentity wanted)
        : base($"the store {location} belongs to {stored}, not to {wanted}: choose the right network, or another root folder", null)
    {
        Stored = stored;
        Wanted = wanted;
    }

    /// <summary>Whose chain is stored.</summary>
    public StoreIdentity Stored { get; }

    /// <summary>Whose chain was asked for.</summary>
    public StoreIdentity Wanted { get; }
}
