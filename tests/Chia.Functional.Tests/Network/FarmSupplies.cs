using Chia.Cryptography.Plots;
using Chia.Functional.Tests.Network;
using Chia.Functional.Tests.Support;
using Chia.Grains.Harvester;
using Chia.Protocol.Networks;
using Chia.Silo.Keys;
using Chia.Silo.Networks;
using Chia.Silo.Node;
using Chia.Testing;

[assembly: AssemblyFixture(typeof(FarmSupplies))]

namespace Chia.Functional.Tests.Network;

/// <summary>Keys, plots and a network of their own, made once by the program itself for all tests that farm.</summary>
public sealed class FarmSupplies : IAsyncLifetime
{
    /// <summary>Enough that hardly a challenge finds no proof: two plots in three have one.</summary>
    public const int Plots = 16;

    private const int K = 17;

    /// <summary>Quick to prove and to verify; the arithmetic is that of 1024 bits.</summary>
    private const int DiscriminantBits = 256;

    /// <summary>What the constants reckon with, fewer than any machine reaches: the pace is the machine's.</summary>
    private const ulong IterationsPerSecond = 20_000;

    /// <summary>One of mandatory iterations, one that depends on the luck of the plots.</summary>
    private const double BlockTime = 2;

    private readonly TempFolder _folder = new();
    private readonly Lazy<Task<NetworkDefinition>> _network;

    public FarmSupplies() => _network = new(Make);

    /// <summary>Waits until everything is made.</summary>
    internal Task Ready => _network.Value;

    internal string NetworkFile => _folder.File("network.yaml");

    /// <summary>A root folder for a farmer and a harvester, with the keys and a part of the plots.</summary>
    internal async Task<string> Farm(TempFolder folder, string name, Range plots)
    {
        await Ready;
        var root = folder.Sub(name);
        File.Copy(NodePaths.KeysFile(_folder.Path), NodePaths.KeysFile(root));
        var list = new PlotsFile(NodePaths.PlotsFile(root), NodePaths.PlotFolder(root));
        foreach (var entry in Entries[plots])
            Assert.True(list.Add(entry.Path, entry.PoolPublicKey, entry.PlotKey));
        return root;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_network.IsValueCreated)
            await _network.Value;
        _folder.Dispose();
    }

    private PlotEntry[] Entries => [.. new PlotsFile(NodePaths.PlotsFile(_folder.Path), NodePaths.PlotFolder(_folder.Path)).Load()];

    private async Task<NetworkDefinition> Make()
    {
        (await ChiaProcess.Run("keys", "generate", "--root", _folder.Path)).MustSucceed();
        (await ChiaProcess.Run("plots", "create", "-k", $"{K}", "-n", $"{Plots}", "--root", _folder.Path)).MustSucceed();
        var pool = KeysFile.ReadFarmer(NodePaths.KeysFile(_folder.Path)).PoolKeys[0];
        var owned = Entries.Select(e => new OwnedPlot(PlotProver.Open(e.Path), pool, e.PlotKey)).ToList();
        var constants =
            NetworkPace.For(
            NetworkPace.Watched, BlockTime, IterationsPerSecond, K, Plots) with
            { DiscriminantSizeBits = DiscriminantBits };
        var network =
            await GenesisMaker.Make("functional", constants, owned, DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
        owned.ForEach(plot => plot.Prover.Dispose());
        await File.WriteAllTextAsync(NetworkFile, NetworkWriter.Write(network));
        return network;
    }
}
