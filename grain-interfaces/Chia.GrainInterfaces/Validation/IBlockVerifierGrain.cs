using Chia.GrainInterfaces.Chain;

namespace Chia.GrainInterfaces.Validation;

/// <summary>Verifies single blocks for people, proof by proof: a stateless worker on every silo. Key 0.</summary>
[Alias("chia.IBlockVerifierGrain"), Version(1)]
public interface IBlockVerifierGrain : IGrainWithIntegerKey
{
    /// <summary>Verifies every proof of a block again, whatever is remembered of it, and says what each took.</summary>
    /// <param name="block">The block.</param>
    /// <param name="cancellation">Nobody waits for it any more: what waits is not begun.</param>
    [Alias("Verify"), ReadOnly, ResponseTimeout(AnswerTime.Proofs)]
    Task<BlockVerification> Verify(BlockData block, CancellationToken cancellation = default);
}
