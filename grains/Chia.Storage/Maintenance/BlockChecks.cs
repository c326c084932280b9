using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;

namespace Chia.Storage.Maintenance;

/// <summary>Whether a block's bytes are what its record says. Signatures and proofs are not verified again: they were when it was
/// accepted, and the hashes bind the rest.</summary>
internal static class BlockChecks
{
    /// <summary>The first thing that is wrong, or null.</summary>
    /// <param name="record">What the index says of it.</param>
    /// <param name="bytes">The block as stored.</param>
    /// <param name="headerBytes">What the store would serve as its header block; null: not asked.</param>
    /// <param name="alsoCheck">What else may be wrong with a block, for people, or null: rules that the store does not know.</param>
    internal static StoreFault? Run(
        BlockRecord record, byte[] bytes, byte[]? headerBytes = null, Func<FullBlock, string?>? alsoCheck = null)
    {
        StoreFault Fault(StoreFaultKind kind, string detail) => new(kind, record.Height, record.HeaderHash, detail);

        var error = StreamableExtensions.TryDecode<FullBlock>(bytes, out var block);
        if (block is null)
            return Fault(StoreFaultKind.BlockUndecodable, error.ToString());
        var headers = block.HeaderBlock;
        if (headers.Challenge is not { } challenge || headers.ProofOfTime is not { } proofOfTime)
            return Fault(StoreFaultKind.BlockUndecodable, "proof of time or challenge is absent");
        if (block.HeaderHash() != record.HeaderHash)
            return Fault(StoreFaultKind.HeaderHash, $"the bytes hash to {block.HeaderHash()}");
        if (headers.Header.Data.BodyHash != block.Body.Sha256())
            return Fault(StoreFaultKind.BlockContent, "body hash");
        var proofOfSpaceHash = headers.ProofOfSpace.Sha256();
        if (headers.Header.Data.ProofOfSpaceHash != proofOfSpaceHash || challenge.ProofOfSpaceHash != proofOfSpaceHash)
            return Fault(StoreFaultKind.BlockContent, "proof-of-space hash");
        if (record.Height > 0 && challenge.PrevChallengeHash != proofOfTime.ChallengeHash)
            return Fault(StoreFaultKind.BlockContent, "previous challenge hash (DECISIONS 1)");
        if (headerBytes is not null && !headerBytes.AsSpan().SequenceEqual(block.HeaderBlock.ToBytes()))
            return Fault(StoreFaultKind.BlockContent, "its header block is cut at the wrong place");
        if (Difference(record, block, challenge) is { } difference)
            return Fault(StoreFaultKind.Record, difference);
        return alsoCheck?.Invoke(block) is { } broken ? Fault(StoreFaultKind.BlockContent, broken) : null;
    }

    private static string? Difference(BlockRecord record, FullBlock block, Challenge challenge)
    {
        static string? Compare<T>(string name, T recorded, T actual)
            where T : IEquatable<T> =>
            recorded.Equals(actual) ? null : $"{name} {recorded}, the block says {actual}";

        return Compare("previous block", record.PrevHeaderHash, block.PrevHeaderHash)
            ?? Compare("challenge hash", record.ChallengeHash, challenge.Sha256())
            ?? Compare("height", record.Height, challenge.Height)
            ?? Compare("height", record.Height, block.Height)
            ?? Compare("weight", record.TotalWeight, challenge.TotalWeight)
            ?? Compare("total iterations", record.TotalIterations, challenge.TotalIterations)
            ?? Compare("timestamp", record.Timestamp, block.HeaderBlock.Header.Data.Timestamp);
    }
}
