namespace Chia.Storage.Errors;

/// <summary>
/// The block store cannot do what was asked. The message is one sentence for the operator: it names the store and what to do.
/// Each consequence has its own subclass.
/// </summary>
public abstract class StoreException : Exception
{
    private protected StoreException(string message, Exception? cause)
        : base(message, cause)
    {
    }
}
