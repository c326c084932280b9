namespace Chia.Storage.Errors;

/// <summary>A commit would leave the store incoherent (an unknown tip, a gap in the height index). A bug of the caller; nothing was
/// stored.</summary>
public sealed class CommitRefusedException : StoreException
{
    /// <summary>Says what would be incoherent.</summary>
    public CommitRefusedException(string reason)
        : base($"commit refused: {reason}", null)
    {
    }
}
