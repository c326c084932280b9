using Chia.Consensus.Tests.Reference;
using Chia.Consensus.Tests.Support;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.Cryptography.ClassGroups;
using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Tests.Validation;

/// <summary>Proofs of time that cost their sender nothing cost us no discriminant.</summary>
public class ProofVerifierTests
{
    private readonly ValidationTimings _timings = new();
    private readonly ReferenceChain _chain = ReferenceChain.Of("fast1024");
    private readonly FullBlock _block;
    private readonly ProofVerifier _verifier;

    public ProofVerifierTests()
    {
        _block = _chain.Blocks[1].Block.AsOutputVariant();
        _verifier = new ProofVerifier(_timings);
    }

    private ProofOfTime Proof => _block.HeaderBlock.ProofOfTime!;

    private int Bits => _chain.Network.Constants.DiscriminantSizeBits;

    [Fact]
    public void A_sound_proof_is_accepted_with_a_discriminant()
    {
        Assert.Null(_verifier.FindFault(Proof, Bits));
        Assert.Equal((1, 1), (_timings.CountOf(ValidationStage.Discriminant), _timings.CountOf(ValidationStage.ProofOfTime)));
    }

    [Fact]
    public void Impossible_proofs_are_rejected_without_a_discriminant()
    {
        AssertRefused(ProofOfTimeVerdict.BadWitnessLength, Proof with { Witness = default });
        AssertRefused(
            ProofOfTimeVerdict.BadWitnessLength, Proof with { Witness = ByteString.Adopt([.. Proof.Witness.Span, .. new byte[9]]) });
        AssertRefused(ProofOfTimeVerdict.BadWitnessLength, Proof with { WitnessType = (byte)(Proof.WitnessType + 1) });
        AssertRefused(ProofOfTimeVerdict.BadWitnessLength, Proof with { WitnessType = 255 });
        AssertRefused(ProofOfTimeVerdict.BadSegmentLength, Proof with { NumberOfIterations = 2 });
        AssertRefused(
            ProofOfTimeVerdict.BadOutput,
            Proof with { Output = Proof.Output with { A = ByteString.Adopt(new byte[ClassgroupElement.NumberSize]) } });
    }

    [Fact]
    public void A_block_with_a_witness_of_a_wrong_length_is_rejected_without_a_discriminant()
    {
        var checker = new BlockChecker(_chain.Network.Constants, _verifier);
        var truncated = _block.WithTime(t => t with { Witness = ByteString.Copy(t.Witness.Span[..100]) });
        var rejection = checker.Check(truncated).Rejection;
        Assert.Equal(ConsensusRule.ProofOfTime, rejection?.Rule);
        Assert.Contains(nameof(ProofOfTimeVerdict.BadWitnessLength), rejection!.Detail, StringComparison.Ordinal);
        Assert.Equal(ConsensusRule.ProofOfTime, checker.CheckHeader(truncated.HeaderBlock, verifyProofOfTime: true).Rejection?.Rule);
        Assert.Equal(0, _timings.CountOf(ValidationStage.Discriminant));
        Assert.True(checker.Check(_block).IsAccepted);
        Assert.Equal(1, _timings.CountOf(ValidationStage.Discriminant));
    }

    private void AssertRefused(ProofOfTimeVerdict expected, ProofOfTime proof)
    {
        Assert.Equal(expected.ToString(), _verifier.FindFault(proof, Bits));
        Assert.Equal(0, _timings.CountOf(ValidationStage.Discriminant));
    }
}
