using Chia.Consensus.Validation;
using Chia.Grains.Chain;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Storage;
using Chia.Storage.Sqlite;

namespace Chia.Silo.Networks;

/// <summary>Verifies a network's genesis block by its own rules, as every node does at its first start.</summary>
internal static class NetworkCheck
{
    /// <summary>The genesis block's header hash.</summary>
    /// <exception cref="InvalidDataException">It breaks the rules.</exception>
    public static async Task<Bytes32> Run(NetworkDefinition network, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("chia-network-");
        try
        {
            var options =
                new SqliteStoreOptions { Path = Path.Combine(folder.FullName, "blocks.db"), Identity = StoreIdentity.Of(network) };
            await using var store = await SqliteBlockStore.Open(options, cancellation);
            var chain = await CommittedChain.Open(network, store, new ProofVerifier(), TimeProvider.System, cancellation);
            return chain.State.HeaviestTip!.HeaderHash;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
