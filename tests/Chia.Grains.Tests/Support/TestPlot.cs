using System.Text.Json;
using Chia.Cryptography.Bls12381;
using Chia.Grains.Harvester;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Grains.Tests.Support;

/// <summary>The reference's plot of k = 16, with the keys it was made for.</summary>
internal static class TestPlot
{
    public static string Path { get; } = Vectors.PathOf("plot-k16.plot");

    public static PrivateKey PoolKey { get; } = Key("pool_seed");

    public static PrivateKey PlotKey { get; } = Key("plot_seed_key");

    public static PlotEntry Entry { get; } = new("plot-k16.plot", Path, PoolKey.PublicKey, PlotKey);

    /// <summary>Challenges that the plot answers with at least so many proofs.</summary>
    public static IEnumerable<Bytes32> Challenges(int proofs = 1)
    {
        using var plot = FilePlot.Open(Path);
        for (var i = 0; i < 10_000; i++)
        {
            var challenge = new Bytes32(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(i)));
            if (plot.GetQualities(challenge).Count >= proofs)
                yield return challenge;
        }
    }

    private static PrivateKey Key(string name)
    {
        using var json = Vectors.Json("plot-k16.json");
        return PrivateKey.FromSeed(Convert.FromHexString(json.RootElement.GetProperty(name).GetString()!));
    }
}
