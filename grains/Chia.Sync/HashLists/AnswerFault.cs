namespace Chia.Sync.HashLists;

/// <summary>Why an answer is refused.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Height">Where.</param>
/// <param name="Detail">For the log.</param>
internal sealed record AnswerFault(AnswerFaultKind Kind, uint Height, string Detail);

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
