using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;

namespace Chia.Sync.HashLists;

/// <summary>
/// Whether the parts of one copy of a block agree with each other and with its header hash: a few hashes, no cryptography. The header
/// hash covers the header, through it proof of space and body; of the rest (CONSENSUS.md 18.1) this checks what DECISIONS 1 asks for. An
/// honest node's copy always passes.
/// </summary>
internal static class CopyCheck
{
    /// <summary>What contradicts what in a header block that is to have this height (≥ 1), or null.</summary>
    public static string? Header(HeaderBlock block, uint height)
    {
        if (block.Challenge is not { } challenge || block.ProofOfTime is not { } proof)
            return "unfinished";
        if (challenge.Height != height)
            return "challenge height";
        var spaceHash = block.ProofOfSpace.Sha256();
        if (spaceHash != block.Header.Data.ProofOfSpaceHash || spaceHash != challenge.ProofOfSpaceHash)
            return "proof-of-space hash";
        if (challenge.PrevChallengeHash != proof.ChallengeHash || block.ProofOfSpace.ChallengeHash != proof.ChallengeHash)
            return "previous challenge";
        var named = challenge.ProofOfTimeOutputHash;
        return named != proof.Output.Sha256() && named != proof.Sha256() ? "proof-of-time output hash" : null;
    }

    /// <summary>The same for a full block, its body included.</summary>
    public static string? Block(FullBlock block, uint height)
    {
        if (block.Body.Coinbase.Height != height)
            return "coinbase height";
        return block.Body.Sha256() != block.HeaderBlock.Header.Data.BodyHash ? "body hash" : Header(block.HeaderBlock, height);
    }
}
