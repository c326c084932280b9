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

/// <summary>What in a block can be verified by itself.</summary>
public enum BlockProof
{
    /// <summary>The proof of space.</summary>
    ProofOfSpace,

    /// <summary>The harvester's signature over the header data.</summary>
    HarvesterSignature,

    /// <summary>The pool's signature over the coinbase.</summary>
    CoinbaseSignature,

    /// <summary>The proof of time.</summary>
    ProofOfTime,
}

/// <summary>One proof of a block, verified.</summary>
/// <param name="Proof">Which.</param>
/// <param name="Fault">What is wrong with it; null if it holds.</param>
/// <param name="Elapsed">What verifying it took.</param>
[GenerateSerializer, Immutable, Alias("chia.ProofVerdict")]
public sealed record ProofVerdict(BlockProof Proof, string? Fault, TimeSpan Elapsed);

/// <summary>A block whose proofs were all verified, whatever is remembered of them.</summary>
/// <param name="Verdict">What the context-free checks say of the whole block.</param>
/// <param name="Proofs">The proofs one by one.</param>
[GenerateSerializer, Immutable, Alias("chia.BlockVerification")]
public sealed record BlockVerification(BlockVerdict Verdict, ProofVerdict[] Proofs);
