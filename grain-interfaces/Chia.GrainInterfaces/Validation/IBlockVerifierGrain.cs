using Chia.GrainInterfaces.Chain;

namespace Chia.GrainInterfaces.Validation;

/// <summary>Verifies single blocks for people, proof by proof: a stateless worker on every silo. Key 0.</summary>
[Alias("chia.IBlockVerifierGrain")]
public interface IBlockVerifierGrain : IGrainWithIntegerKey
{
    /// <summary>Verifies every proof of a block again, whatever is remembered of it, and says what each took.</summary>
    [Alias("Verify"), ReadOnly, ResponseTimeout(AnswerTime.Proofs)]
    Task<BlockVerification> Verify(BlockData block);
}
