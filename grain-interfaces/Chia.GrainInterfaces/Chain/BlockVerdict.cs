using System.Diagnostics.CodeAnalysis;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Chain;

/// <summary>What the context-free checks say of a block or header (CONSENSUS.md 11, 12 as far as they need no chain).</summary>
/// <param name="HeaderHash">Block id.</param>
/// <param name="ChallengeHash">H(ser(challenge)); zero if there is none.</param>
/// <param name="Quality">Quality of the proof of space; zero if it is bad.</param>
/// <param name="Rule">The rule it breaks; null if it passes.</param>
/// <param name="Detail">What the rule found.</param>
[GenerateSerializer, Immutable, Alias("chia.BlockVerdict")]
public sealed record BlockVerdict(
    Bytes32 HeaderHash,
    Bytes32 ChallengeHash,
    Bytes32 Quality,
    ConsensusRule? Rule = null,
    string? Detail = null)
{
    /// <summary>Every context-free rule holds.</summary>
    [MemberNotNullWhen(false, nameof(Rule))]
    public bool Passed => Rule is null;
}
