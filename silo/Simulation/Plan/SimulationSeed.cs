using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Chia.Cryptography.Bls12381;
using Chia.Grains.Farmer;
using Chia.Grains.Harvester;

namespace Chia.Silo.Simulation.Plan;

/// <summary>
/// Keys that follow from a number, and with them every plot and every proof of space: the same network again. What is as quick as the
/// machine, who is first, is not fixed by it.
/// </summary>
internal static class SimulationSeed
{
    public static FarmerKeys Farmer(int seed)
    {
        var farmer = Key(seed, "farmer");
        PrivateKey[] pools = [.. Enumerable.Range(0, FarmerKeys.GeneratedPoolKeys).Select(i => Key(seed, $"pool {i}"))];
        return new FarmerKeys(farmer, FarmerKeys.TargetOf(farmer.PublicKey), [.. pools], FarmerKeys.TargetOf(pools[0].PublicKey));
    }

    public static HarvesterKeys Harvester(int seed) => new(Bytes(seed, "harvester"));

    private static PrivateKey Key(int seed, string what) => PrivateKey.FromSeed(Bytes(seed, what));

    private static byte[] Bytes(int seed, string what) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"chia simulate seed {seed}: {what}")));
}
