using System.Diagnostics.Metrics;
using Chia.Consensus.Validation;
using Chia.Cryptography.Bls12381;
using Chia.GrainInterfaces.Validation;
using Chia.Grains.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Grains.Tests.Validation;

/// <summary>The verifiers around the real one: one measures, one counts, one trusts; none changes an answer that it should not.</summary>
public sealed class VerifierTests
{
    private const int DiscriminantBits = 16;

    private static readonly FullBlock Block = VectorChain.Load("small40").Blocks[3];

    private readonly ScriptedVerifier _inner = new();

    [Fact]
    public void Every_proof_of_a_block_has_a_verdict_though_the_checks_end_with_the_first_fault()
    {
        _inner.RefusedSignatures.Add(Block.HeaderBlock.Header.HarvesterSignature);
        _inner.Time = (_, bits) => $"wrong at {bits} bits";
        var measuring = new MeasuringVerifier(_inner, Block, DiscriminantBits);
        Assert.False(measuring.VerifySignature(
            Block.HeaderBlock.ProofOfSpace.PlotPublicKey, SignedMessages.OfHeader(Block.HeaderBlock.Header.Data),
            Block.HeaderBlock.Header.HarvesterSignature));

        Assert.Equal(
            [
                (BlockProof.ProofOfSpace, null),
                (BlockProof.HarvesterSignature, "it does not hold"),
                (BlockProof.CoinbaseSignature, null),
                (BlockProof.ProofOfTime, $"wrong at {DiscriminantBits} bits"),
            ],
            measuring.All().Select(verdict => (verdict.Proof, verdict.Fault)));

        // What was asked already is not asked again.
        Assert.Equal(2, _inner.Count(ProofQuestion.Signature));
    }

    [Fact]
    public void A_proof_of_space_that_is_refused_is_named_and_a_missing_proof_of_time_is_not()
    {
        _inner.Space = _ => null;
        var unfinished = Block with { HeaderBlock = Block.HeaderBlock with { ProofOfTime = null, Challenge = null } };
        var verdicts = new MeasuringVerifier(_inner, unfinished, DiscriminantBits).All();
        Assert.Equal("it does not hold", verdicts[0].Fault);
        Assert.Equal(
            [BlockProof.ProofOfSpace, BlockProof.HarvesterSignature, BlockProof.CoinbaseSignature],
            verdicts.Select(verdict => verdict.Proof));
    }

    /// <summary>One signature in both places is one fault and one that holds, or two: each is told of the place it stands in.</summary>
    [Fact]
    public void A_signature_that_stands_in_both_places_is_told_of_both()
    {
        var block = Block with { Body = Block.Body with { CoinbaseSignature = Block.HeaderBlock.Header.HarvesterSignature } };
        Assert.Equal(4, new MeasuringVerifier(_inner, block, DiscriminantBits).All().Length);
    }

    [Fact]
    public void What_each_stage_takes_is_measured_and_the_answers_are_the_real_ones()
    {
        var measured = new List<(string Stage, double Seconds)>();
        var time = new ManualTime();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "chia.block_validation")
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        var thread = Environment.CurrentManagedThreadId;
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            // Other tests of this process count as well, on threads of their own.
            if (Environment.CurrentManagedThreadId == thread)
                measured.Add(((string)tags[0].Value!, seconds));
        });
        listener.Start();
        _inner.AcceptsSignatures = false;
        _inner.Space = Slow<ProofOfSpace, Bytes32?>(1, null);
        _inner.Time = (_, _) => Slow<int, string?>(2, "fault")(0);
        var metered = new MeteredVerifier(_inner, time);

        Assert.False(metered.TryGetQuality(Block.HeaderBlock.ProofOfSpace, out _));
        Assert.Equal("fault", metered.FindFault(Block.HeaderBlock.ProofOfTime!, DiscriminantBits));
        Assert.False(metered.VerifySignature(default, default, default));
        Assert.False(metered.VerifySignatures([new SignatureCheck(default, default, default)]));

        Assert.Equal([("proof_of_space", 1.0), ("proof_of_time", 2.0), ("signatures", 0.0), ("signatures", 0.0)], measured);

        Func<TIn, TOut> Slow<TIn, TOut>(int seconds, TOut answer) => _ =>
        {
            time.Advance(TimeSpan.FromSeconds(seconds));
            return answer;
        };
    }

    /// <summary>The discriminants of several proofs are searched for together, which is most of what a sync gains by batches.</summary>
    [Fact]
    public void What_is_asked_for_together_is_verified_together_behind_the_meter()
    {
        _inner.Time = (_, _) => "fault";
        var proof = Block.HeaderBlock.ProofOfTime!;
        Assert.Equal(["fault", "fault"], new MeteredVerifier(_inner, new ManualTime()).FindFaults([proof, proof], DiscriminantBits));
        Assert.Equal([2], _inner.ProofsOfTimeTogether);
    }

    /// <summary>The chain's rules calculate with the quality: that is never trusted.</summary>
    [Fact]
    public void A_block_that_was_verified_before_is_believed_but_for_its_quality()
    {
        _inner.AcceptsSignatures = false;
        _inner.Time = (_, _) => "wrong";
        var trusting = new TrustingVerifier(_inner);
        Assert.True(trusting.VerifySignature(default, default, default));
        Assert.True(trusting.VerifySignatures([new SignatureCheck(default, default, default)]));
        Assert.True(trusting.IsPublicKey(default) && trusting.IsPlainSignature(default) && trusting.IsPrependSignature(default));
        Assert.Null(trusting.FindFault(Block.HeaderBlock.ProofOfTime!, DiscriminantBits));
        Assert.Equal([null], trusting.FindFaults([Block.HeaderBlock.ProofOfTime!], DiscriminantBits));
        Assert.Empty(_inner.Calls);

        _inner.Space = _ => new Bytes32([.. Enumerable.Repeat((byte)7, Bytes32.Size)]);
        Assert.True(trusting.TryGetQuality(Block.HeaderBlock.ProofOfSpace, out var quality));
        Assert.Equal(7, quality.Span[0]);
        _inner.Space = _ => null;
        Assert.False(trusting.TryGetQuality(Block.HeaderBlock.ProofOfSpace, out _));
    }
}
