using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>The record in the store is not the one that this activation last saw. The activation is ended; the next one reads anew.</summary>
public class InconsistentStateException : OrleansException
{
    /// <summary>With both versions.</summary>
    /// <param name="errorMsg">What was tried.</param>
    /// <param name="storedEtag">The version in the store; null when it has no record.</param>
    /// <param name="currentEtag">The version that the activation knew; null when it knew of none.</param>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : base(errorMsg)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>The version in the store.</summary>
    public string? StoredEtag { get; }

    /// <summary>The version that the activation knew.</summary>
    public string? CurrentEtag { get; }
}
