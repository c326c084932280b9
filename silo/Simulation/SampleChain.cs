using System.Reflection;
using Chia.Consensus.Validation;
using Chia.Grains.Chain;
using Chia.Grains.Validation;
using Chia.Protocol.Networks;
using Chia.Silo.Hosting;
using Chia.Silo.Networks;
using Chia.Storage.Maintenance;
using Chia.Storage.Sqlite;

namespace Chia.Silo.Simulation;

/// <summary>The chain that ships with the program: 60 blocks with real proofs.</summary>
internal static class SampleChain
{
    public static NetworkDefinition Network { get; } = NetworkFile.Parse(ReadText("sample-network.yaml"), "sample-network.yaml");

    /// <summary>Imports the chain into the store of a root folder; what is there already is skipped.</summary>
    public static async Task Import(string root, CancellationToken cancellation)
    {
        await using var store = await SqliteBlockStore.OpenAsync(NodePaths.Store(root, Network), cancellation);
        using var threads = new ValidationThreads();
        var proofs = new ProofVerifier();
        var keeper = await ChainKeeper.OpenAsync(Network, store, proofs, TimeProvider.System, cancellation);
        await using var blocks = OpenBlocks();
        await new ChainImporter(keeper, proofs, threads).ImportAsync(BlockArchive.ReadAsync(blocks, cancellation), null, cancellation);
    }

    /// <summary>The chain's records, genesis first.</summary>
    public static Stream OpenBlocks() => Open("sample-chain.bin");

    private static string ReadText(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }

    private static Stream Open(string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
}
