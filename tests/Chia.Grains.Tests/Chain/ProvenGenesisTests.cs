using Chia.Consensus.Validation;
using Chia.Grains.Chain;
using Chia.Protocol.Networks;
using Chia.Storage;
using Chia.Storage.Sqlite;
using Chia.Testing;

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
        var proofs = Refusing();
        await using var store = await OpenStore(Testnet.Definition);

        var chain = await CommittedChain.Open(
            Testnet.Definition, store, proofs, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(0u, chain.State.HeaviestTip!.Height);
        Assert.All(proofs.Calls, call => Assert.Equal(ProofQuestion.Space, call));
    }

    [Fact]
    public async Task The_genesis_block_of_another_network_is_checked_whole()
    {
        var other = Testnet.Definition with { Constants = Testnet.Definition.Constants with { BlockTimeTarget = 10 } };
        var proofs = Refusing();
        await using var store = await OpenStore(other);

        await Assert.ThrowsAsync<InvalidDataException>(() => CommittedChain.Open(
            other, store, proofs, TimeProvider.System, TestContext.Current.CancellationToken));

        Assert.Contains(ProofQuestion.Signature, proofs.Calls);
    }

    private static Task<IBlockStore> OpenStore(NetworkDefinition network) => SqliteBlockStore.Open(
        new SqliteStoreOptions { Path = SqliteStoreOptions.InMemory, Identity = StoreIdentity.Of(network) },
        TestContext.Current.CancellationToken);

    /// <summary>Real proofs of space; refuses all signatures and proofs of time.</summary>
    private static ScriptedVerifier Refusing() => new(new ProofVerifier()) { AcceptsSignatures = false, Time = (_, _) => "refused" };
}
