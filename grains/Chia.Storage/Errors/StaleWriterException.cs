namespace Chia.Storage.Errors;

/// <summary>
/// The commit came from a writer that has been superseded: a newer activation of the chain's owner took over.
/// Nothing was stored; the caller must stop and forget its state.
/// </summary>
public sealed class StaleWriterException : StoreException
{
    /// <summary>Names both tokens.</summary>
    public StaleWriterException(WriterToken stale, WriterToken current)
        : base($"writer {stale.Epoch} has been superseded by writer {current.Epoch}: its commit was refused", null)
    {
        Stale = stale;
        Current = current;
    }

    /// <summary>The token of the refused commit.</summary>
    public WriterToken Stale { get; }

    /// <summary>The token in force.</summary>
    public WriterToken Current { get; }
}
