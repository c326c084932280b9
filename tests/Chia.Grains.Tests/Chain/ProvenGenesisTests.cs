using Chia.Consensus.Validation;
using Chia.Cryptography.Bls12381;
using Chia.Grains.Chain;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Storage;
using Chia.Storage.Sqlite;

namespace Chia.Grains.Tests.Chain;

/// <summary>What a first start takes as proven of the built-in genesis block, and of no other.</summary>
public class ProvenGenesisTests
{
    [Fact]
    public void The_built_in_genesis_block_passes_every_check_that_a_start_leaves_out()
    {
        var verdict = new BlockChecker(Testnet.Definition.Constants, new ProofVerifier()).Check(Testnet.Definition.Genesis());

        Assert.True(verdict.IsAccepted, verdict.IsAccepted ? "" : verdict.Rejection.ToString());
    }

    [Fact]
    public async Task A_start_of_the_built_in_network_verifies_no_signature_and_no_proof_of_time()
    {
        var proofs = new Refusing();
        await using var store = await OpenStore(Testnet.Definition);

        var chain = await CommittedChain.Open(
            Testnet.Definition, store, proofs, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(0u, chain.State.HeaviestTip!.Height);
        Assert.False(proofs.WasAsked);
    }

    [Fact]
    public async Task The_genesis_block_of_another_network_is_checked_whole()
    {
        var other = Testnet.Definition with { Constants = Testnet.Definition.Constants with { BlockTimeTarget = 10 } };
        var proofs = new Refusing();
        await using var store = await OpenStore(other);

        await Assert.ThrowsAsync<InvalidDataException>(() => CommittedChain.Open(
            other, store, proofs, TimeProvider.System, TestContext.Current.CancellationToken));

        Assert.True(proofs.WasAsked);
    }

    private static Task<IBlockStore> OpenStore(NetworkDefinition network) => SqliteBlockStore.Open(
        new SqliteStoreOptions { Path = SqliteStoreOptions.InMemory, Identity = StoreIdentity.Of(network) },
        TestContext.Current.CancellationToken);

    /// <summary>Real proofs of space; refuses all else, and notes that it was asked.</summary>
    private sealed class Refusing : IProofVerifier
    {
        private readonly ProofVerifier _real = new();

        public bool WasAsked { get; private set; }

        public bool IsPublicKey(Bytes48 publicKey) => Refuse();

        public bool IsPrependSignature(Bytes96 signature) => Refuse();

        public bool IsPlainSignature(Bytes96 signature) => Refuse();

        public bool VerifySignature(Bytes48 publicKey, Bytes32 messageHash, Bytes96 signature) => Refuse();

        public bool VerifySignatures(ReadOnlySpan<SignatureCheck> checks) => Refuse();

        public bool TryGetQuality(ProofOfSpace proof, out Bytes32 quality) => _real.TryGetQuality(proof, out quality);

        public string? FindFault(ProofOfTime proof, int discriminantBits) => Refuse() ? null : "refused";

        private bool Refuse()
        {
            WasAsked = true;
            return false;
        }
    }
}
