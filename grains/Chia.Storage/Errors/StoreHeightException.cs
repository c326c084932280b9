namespace Chia.Storage.Errors;

/// <summary>A height was named that the stored chain does not have.</summary>
public sealed class StoreHeightException : StoreException
{
    /// <summary>Says which height and why not.</summary>
    public StoreHeightException(string message)
        : base(message, null)
    {
    }
}
