using Chia.Protocol.Primitives;

namespace Chia.Sync.Questions;

/// <summary>What a peer is asked, or answers.</summary>
/// <param name="Kind">For what.</param>
/// <param name="Tip">The tip whose chain is meant.</param>
/// <param name="First">First height; 0 for a hash list.</param>
/// <param name="Count">Heights; 1 for a hash list.</param>
internal readonly record struct Question(RequestKind Kind, Bytes32 Tip, uint First, int Count)
{
    /// <summary>An answer may give less than was asked, from the first height on.</summary>
    public bool Covers(Question answer) => answer.Count >= 1 && answer.Count <= Count && answer with { Count = Count } == this;

    /// <summary>What came of somebody who was never asked it, for the log.</summary>
    public string Describe() => Kind switch
    {
        RequestKind.HeaderHashes => $"a list for tip {Tip} that was not asked for",
        RequestKind.Headers => $"{Count} headers from {First} that were not asked for",
        _ => $"{Count} blocks from {First} that were not asked for",
    };
}

/// <summary>The three requests of a synchronisation (PROTOCOL.md 8.2).</summary>
internal enum RequestKind
{
    /// <summary><c>request_all_header_hashes</c>.</summary>
    HeaderHashes,

    /// <summary><c>request_header_blocks</c>.</summary>
    Headers,

    /// <summary><c>request_sync_blocks</c>.</summary>
    Blocks,
}
