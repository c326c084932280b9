using Chia.GrainInterfaces.Chain;

namespace Chia.GrainInterfaces.Validation;

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
