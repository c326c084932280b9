using Chia.GrainInterfaces.Validation;

namespace Chia.Silo.Api.Shapes;

/// <summary>A block whose proofs were all verified again.</summary>
/// <param name="Hash">Header hash.</param>
/// <param name="Height">Height.</param>
/// <param name="IsValid">All of them hold.</param>
/// <param name="Milliseconds">All in all.</param>
/// <param name="Checks">One by one.</param>
internal sealed record BlockVerification(string Hash, uint Height, bool IsValid, double Milliseconds, IReadOnlyList<ProofCheck> Checks)
{
    /// <summary>The rule that is broken; absent if none is.</summary>
    public string? Rule { get; init; }

    /// <summary>What the rule found.</summary>
    public string? Detail { get; init; }
}

/// <summary>One proof.</summary>
/// <param name="Proof">proof_of_space, harvester_signature, coinbase_signature, proof_of_time.</param>
/// <param name="IsValid">It holds.</param>
/// <param name="Milliseconds">What the check took.</param>
/// <param name="Fault">What is wrong with it; absent if nothing is.</param>
internal sealed record ProofCheck(BlockProof Proof, bool IsValid, double Milliseconds, string? Fault);
