using Chia.Consensus.Validation;
using Chia.Grains.Validation;
using Chia.Protocol.Networks;

namespace Chia.Grains.Chain;

/// <summary>
/// A genesis block that is built into the program: its signatures and its proof of time are taken as proven, which a test does once
/// (<c>ProvenGenesisTests</c>). A first start compiles none of that code, a tenth of a second of its processor time.
/// </summary>
internal static class ProvenGenesis
{
    /// <summary>What a network's genesis block is checked with. That of a network file comes from outside, and is checked whole.</summary>
    public static IProofVerifier VerifierOf(NetworkDefinition network, IProofVerifier proofs) =>
        network.Constants == Testnet.Definition.Constants && network.GenesisBytes.Span.SequenceEqual(Testnet.Definition.GenesisBytes.Span)
            ? new TrustingVerifier(proofs)
            : proofs;
}
