using System.Text.Json;
using Chia.Consensus.Chain;
using Chia.Consensus.Tests.Support;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Consensus.Tests.Reference;

/// <summary>Single-bit changes of block 3 of <c>real300</c>, and what the reference says of them.</summary>
public class MutantsTests
{
    private readonly ReferenceChain _chain = ReferenceChain.Of("real300");
    private readonly ProofVerifier _verifier = new();
    private readonly BlockChecker _checker;
    private readonly ChainState _state;
    private readonly byte[] _original;

    public MutantsTests()
    {
        _checker = new BlockChecker(_chain.Network.Constants, _verifier);
        _state = new ChainState(_chain.Network.Constants);
        var batch = _state.Begin();
        foreach (var block in _chain.Blocks.Take(3))
            Assert.True(batch.Receive(CheckedBlock.Restore(block.Block, block.Record.Quality), TestChain.Late).IsAdded);
        _state.Apply(batch);
        _original = _chain.Blocks[3].Block.ToBytes();
    }

    [Fact]
    public void The_unchanged_block_is_a_tip()
    {
        var verdict = _checker.Check(_chain.Blocks[3].Block);
        Assert.True(verdict.IsAccepted, verdict.ToString());
        Assert.Equal(AcceptOutcome.AddedToHead, _state.Begin().Receive(verdict.Value, TestChain.Late).Outcome);
    }

    [Fact]
    public void Every_changed_bit_is_judged_as_by_the_reference_or_more_strictly()
    {
        using var file = Vectors.Json("chains", "real300", "mutants.json");
        Assert.Equal(2, file.RootElement.GetProperty("upto").GetInt32());
        var mutants = file.RootElement.GetProperty("mutants").EnumerateArray().ToList();
        Assert.Equal(90, mutants.Count);
        var findings = new string[mutants.Count];
        Parallel.For(0, mutants.Count, i => findings[i] = Judge(mutants[i]) is { } fault ? $"{mutants[i]}: {fault}" : "");
        Assert.Equal("", string.Join("\n", findings.Where(f => f.Length > 0)));
    }

    /// <summary>Null if our verdict is the reference's, or stricter where DECISIONS wants it so.</summary>
    private string? Judge(JsonElement mutant)
    {
        var bytes = _original.ToArray();
        bytes[mutant.GetProperty("offset").GetInt32()] ^= (byte)(1 << mutant.GetProperty("bit").GetInt32());
        var parsed = StreamableExtensions.TryDecode<FullBlock>(bytes, out var block);
        var field = mutant.GetProperty("field").GetString()!;
        if (mutant.GetProperty("parse").GetString() == "error")
            return parsed != StreamableError.None || (!Decodes(field, block!) && !_checker.Check(block!).IsAccepted) ? null : "was parsed";

        // DECISIONS 6: only the normal form is accepted.
        if (mutant.GetProperty("canonical").ValueKind == JsonValueKind.False)
            return parsed != StreamableError.None ? null : "is not the normal form, but was parsed";
        if (parsed != StreamableError.None)
            return $"was not parsed: {parsed}";

        var verdict = _checker.Check(block!);
        return mutant.GetProperty("result").GetString() switch
        {
            "INVALID_BLOCK" or "EXCEPTION" => IsRejected(verdict) ? null : "was accepted",

            // We look at the signature, which covers the parent's hash, before we look for the parent.
            "DISCONNECTED_BLOCK" =>
                verdict.Rejection?.Rule == ConsensusRule.HarvesterSignature && IsDisconnected(block!) ? null : $"is {verdict}",

            // DECISIONS 1: the reference lets anyone change these two.
            "ADDED_TO_HEAD" => verdict.Rejection?.Rule == StricterRule(field) ? null : $"is {verdict}",
            var other => $"unexpected {other}",
        };
    }

    private static ConsensusRule? StricterRule(string field) => field switch
    {
        "challenge.prev_challenge_hash" => ConsensusRule.ChallengePreviousHash,
        "challenge.proof_of_time_output_hash" => ConsensusRule.ChallengeOutputHash,
        _ => null,
    };

    private bool IsRejected(Verdict<CheckedBlock> verdict) =>
        !verdict.IsAccepted || _state.Begin().Receive(verdict.Value, TestChain.Late).Outcome == AcceptOutcome.Invalid;

    private bool IsDisconnected(FullBlock block) =>
        _state.Begin()
            .Receive(CheckedBlock.Restore(block, _chain.Blocks[3].Record.Quality), TestChain.Late).Outcome == AcceptOutcome.Disconnected;

    /// <summary>The reference decodes keys and signatures while it parses; here that is part of the check.</summary>
    private bool Decodes(string field, FullBlock block) => field switch
    {
        "pos.pool_pubkey" => _verifier.IsPublicKey(block.HeaderBlock.ProofOfSpace.PoolPublicKey),
        "pos.plot_pubkey" => _verifier.IsPublicKey(block.HeaderBlock.ProofOfSpace.PlotPublicKey),
        "header.harvester_signature" => _verifier.IsPrependSignature(block.HeaderBlock.Header.HarvesterSignature),
        "coinbase_signature" => _verifier.IsPrependSignature(block.Body.CoinbaseSignature),
        "agg.signature" => _verifier.IsPlainSignature(block.Body.AggregatedSignature!.Value),
        _ => true,
    };
}
