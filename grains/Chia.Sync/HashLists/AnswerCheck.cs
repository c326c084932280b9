using Chia.Consensus.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Streamable;

namespace Chia.Sync.HashLists;

/// <summary>
/// What can be said of an answer by hashing alone, before anything is kept (SYNC.md 7, item 5). Within one answer each header's
/// challenge is pinned by its successor, whose proof of space names it; so every fault found is the sender's, or the list's.
/// </summary>
internal static class AnswerCheck
{
    /// <summary>Which variants of a challenge the network allows is for the validators to say: here a successor pins the one.</summary>
    private const ChallengeOutput AnyVariant = ChallengeOutput.WholeProofAllowed;

    /// <summary>The first fault of headers that should have the heights from <paramref name="first"/>, or null.</summary>
    public static AnswerFault? Headers(HashList view, uint first, IReadOnlyList<HeaderBlock> headers)
    {
        for (var i = 0; i < headers.Count; i++)
        {
            var height = first + (uint)i;
            if (headers[i].HeaderHash() != view.HashAt(height))
                return new AnswerFault(AnswerFaultKind.NotOnList, height, "header hash");
            if (headers[i].PrevHeaderHash != view.HashAt(height - 1))
                return new AnswerFault(AnswerFaultKind.ListBroken, height, "previous header hash");
            if ((Copy(headers[i], height) ?? (i > 0 ? Neighbours(headers[i - 1], headers[i]) : null)) is { } detail)
                return new AnswerFault(AnswerFaultKind.BadCopy, height, detail);
        }

        return null;
    }

    /// <summary>
    /// The first fault of blocks that should have the heights from <paramref name="first"/>, or null. The list is proven.
    /// </summary>
    public static AnswerFault? Blocks(HashList view, VerifiedRecords verified, uint first, IReadOnlyList<FullBlock> blocks)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            var height = first + (uint)i;
            if (blocks[i].HeaderHash() != view.HashAt(height))
                return new AnswerFault(AnswerFaultKind.NotOnList, height, "header hash");
            if (Copy(blocks[i], height) is { } detail)
                return new AnswerFault(AnswerFaultKind.BadCopy, height, detail);
            if (verified.PinnedChallenge(height) is { } pinned && blocks[i].HeaderBlock.Challenge is { } challenge
                && challenge.Sha256() != pinned)
                return new AnswerFault(AnswerFaultKind.BadCopy, height, "challenge");
        }

        return null;
    }

    /// <summary>What contradicts what in the copy of a block that is to have this height, or null. An honest node's copy always
    /// passes.</summary>
    public static string? Copy(FullBlock block, uint height) =>
        block.Height == height ? CopyRules.Check(AnyVariant, block)?.ToString() : "coinbase height";

    private static string? Copy(HeaderBlock header, uint height) =>
        CopyRules.Check(AnyVariant, header)?.ToString() ?? (header.Challenge!.Height == height ? null : "challenge height");

    private static string? Neighbours(HeaderBlock parent, HeaderBlock child)
    {
        if (parent.Challenge is not { } challenge || child.ProofOfSpace.ChallengeHash != challenge.Sha256())
            return "challenge link";
        var iterations = unchecked(child.Challenge!.TotalIterations - challenge.TotalIterations);
        return iterations != child.ProofOfTime!.NumberOfIterations ? "iterations sum" : null;
    }
}

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
