using Chia.Consensus.Rules;
using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Validation;

/// <summary>
/// The rules about a block and its ancestors, in the order of sections 11 and 12. All of them are cheap.
/// A null parent means the genesis block of an empty store.
/// </summary>
/// <param name="constants">The network's constants.</param>
internal sealed class ContextualRules(ConsensusConstants constants)
{
    /// <summary>Validates a finished block against its parent.</summary>
    public Verdict<BlockRecord> ValidateBlock(IAncestry ancestry, BlockRecord? parent, CheckedBlock block, DateTimeOffset now) =>
        ValidateFinished(ancestry, parent, block.Header, block.Height, parent?.ChallengeHash, now);

    /// <summary>
    /// As <see cref="ValidateBlock"/>, as if the parent posed the challenge that the block answers: whether the block would be valid
    /// on another variant of its parent (DECISIONS 1).
    /// </summary>
    public Verdict<BlockRecord> ValidateOnOtherVariant(IAncestry ancestry, BlockRecord parent, CheckedBlock block, DateTimeOffset now) =>
        ValidateFinished(ancestry, parent, block.Header, block.Height, block.Block.HeaderBlock.ProofOfSpace.ChallengeHash, now);

    /// <summary>Validates a finished header block against its parent: the same rules, the height being the challenge's.</summary>
    public Verdict<BlockRecord> ValidateHeader(IAncestry ancestry, BlockRecord? parent, CheckedHeader header, DateTimeOffset now) =>
        ValidateFinished(ancestry, parent, header, coinbaseHeight: null, parent?.ChallengeHash, now);

    /// <summary>Validates an unfinished block against its parent (CONSENSUS.md 11), and says which iterations it waits for.</summary>
    public Verdict<UnfinishedAcceptance> ValidateUnfinished(
        IAncestry ancestry, BlockRecord parent, CheckedUnfinishedBlock block, DateTimeOffset now)
    {
        var rejection = CheckLinks(ancestry, parent, block.Block.HeaderBlock, block.Height, parent.ChallengeHash, now);
        if (rejection is not null)
            return new(rejection);
        var next = NextBlock.After(constants, ancestry, parent);
        if (!next.IsAccepted)
            return new(next.Rejection);
        rejection = RequireIterations(block.Block.HeaderBlock.ProofOfSpace.Size, block.Quality, next.Value, out var iterations);
        return rejection is null
            ? new(new UnfinishedAcceptance(next.Value.Difficulty, iterations))
            : new(rejection);
    }

    private Verdict<BlockRecord> ValidateFinished(
        IAncestry ancestry, BlockRecord? parent, CheckedHeader header, uint? coinbaseHeight, Bytes32? posed, DateTimeOffset now)
    {
        var rejection = CheckLinks(ancestry, parent, header.HeaderBlock, coinbaseHeight, posed, now);
        if (rejection is not null)
            return new(rejection);
        var next = parent is null ? new(NextBlock.Genesis(constants)) : NextBlock.After(constants, ancestry, parent);
        if (!next.IsAccepted)
            return new(next.Rejection);
        rejection = RequireIterations(header.HeaderBlock.ProofOfSpace.Size, header.Quality, next.Value, out var iterations)
            ?? CheckSums(parent, header, next.Value, iterations);
        return rejection is null ? new(ToRecord(parent, header, next.Value)) : new(rejection);
    }

    /// <summary>Previous block, time window, challenge, coinbase height: what an unfinished block has as well.</summary>
    private Rejection? CheckLinks(
        IAncestry ancestry, BlockRecord? parent, HeaderBlock block, uint? coinbaseHeight, Bytes32? posed, DateTimeOffset now)
    {
        if (parent is not null && block.PrevHeaderHash != parent.HeaderHash)
            return new Rejection(ConsensusRule.PreviousBlock, $"{block.PrevHeaderHash}, expected {parent.HeaderHash}");
        if (parent is not null && TimestampRules.Check(constants, ancestry, parent, block.Header.Data.Timestamp, now) is { } outside)
            return outside;

        // Genesis answers a challenge of its own; that its two proofs agree on it is a rule about the block alone.
        if (posed is { } challenge && block.ProofOfSpace.ChallengeHash != challenge)
            return new Rejection(ConsensusRule.ProofOfSpaceChallenge, $"{block.ProofOfSpace.ChallengeHash}, the parent's is {challenge}");
        return coinbaseHeight is { } height && height != HeightAfter(parent)
            ? new Rejection(ConsensusRule.CoinbaseHeight, $"{height}, expected {HeightAfter(parent)}")
            : null;
    }

    private Rejection? RequireIterations(byte k, Bytes32 quality, NextBlock next, out ulong iterations)
    {
        var error = Iterations.TryCompute(
            quality, k, next.Difficulty, next.IterationsPerSecond, constants.MinBlockTime, out iterations);
        return error == IterationsError.None
            ? null
            : new Rejection(
                ConsensusRule.IterationsRange, $"{error} for k = {k}, difficulty {next.Difficulty}, ips {next.IterationsPerSecond}");
    }

    private static Rejection? CheckSums(BlockRecord? parent, CheckedHeader header, NextBlock next, ulong iterations)
    {
        if (header.ProofOfTime.NumberOfIterations != iterations)
            return new Rejection(ConsensusRule.NumberOfIterations, $"{header.ProofOfTime.NumberOfIterations}, required {iterations}");
        if (header.Height != HeightAfter(parent))
            return new Rejection(ConsensusRule.ChallengeHeight, $"{header.Height}, expected {HeightAfter(parent)}");

        // 128 bits, so that a sum which does not fit 64 is a mismatch.
        var weight = (UInt128)(parent?.TotalWeight ?? 0) + next.Difficulty;
        if (header.Challenge.TotalWeight != weight)
            return new Rejection(ConsensusRule.TotalWeight, $"{header.Challenge.TotalWeight}, expected {weight}");
        var total = (UInt128)(parent?.TotalIterations ?? 0) + iterations;
        return header.Challenge.TotalIterations == total
            ? null
            : new Rejection(ConsensusRule.TotalIterations, $"{header.Challenge.TotalIterations}, expected {total}");
    }

    private static ulong HeightAfter(BlockRecord? parent) => parent is null ? 0 : parent.Height + 1UL;

    private static BlockRecord ToRecord(BlockRecord? parent, CheckedHeader header, NextBlock next) =>
        new(
            header.HeaderHash,
            parent is null ? default : parent.HeaderHash,
            header.ChallengeHash,
            header.Height,
            header.Challenge.TotalWeight,
            header.Challenge.TotalIterations,
            header.HeaderBlock.Header.Data.Timestamp,
            next.Difficulty,
            next.IterationsPerSecond,
            header.Quality);
}
