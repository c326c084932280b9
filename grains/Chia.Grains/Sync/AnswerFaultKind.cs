namespace Chia.Grains.Sync;

/// <summary>What is wrong with an answer.</summary>
internal enum AnswerFaultKind
{
    /// <summary>An item does not hash to the list's entry.</summary>
    NotOnList,

    /// <summary>A header that hashes to its entry names another parent than the list does: the list is false.</summary>
    ListBroken,

    /// <summary>Proof of time or challenge are malformed, or not those that the successor names.</summary>
    BadCopy,
}
