using System.Collections.Immutable;
using Chia.Cryptography.Bls12381;
using Chia.Grains.Farmer;
using Chia.Grains.Harvester;
using Chia.Protocol.Primitives;
using YamlDotNet.RepresentationModel;

namespace Chia.Silo.Keys;

/// <summary><c>keys.yaml</c> (ROLES.md 2.2), as the reference's key tool writes it.</summary>
internal static class KeysFile
{
    private const string FarmerKey = "farmer_sk";
    private const string FarmerTarget = "farmer_target";
    private const string PlotSeed = "sk_seed";
    private const string PoolKeys = "pool_sks";
    private const string PoolTarget = "pool_target";

    private static readonly string[] All = [FarmerKey, FarmerTarget, PlotSeed, PoolKeys, PoolTarget];

    /// <summary>The farmer's part.</summary>
    /// <exception cref="UserException">No such file, open to others, or a fault in it; the message says what to do.</exception>
    public static FarmerKeys ReadFarmer(string path)
    {
        var yaml = Load(path);
        var pools = yaml.Get(PoolKeys);
        if (pools is not YamlSequenceNode { Children.Count: > 0 } list)
            throw yaml.Fault(pools, $"{PoolKeys} must be a list of private keys");
        return new FarmerKeys(
            ReadKey(yaml, yaml.Get(FarmerKey), FarmerKey),
            new Bytes32(yaml.Bytes(yaml.Get(FarmerTarget), FarmerTarget, Bytes32.Size)),
            [.. list.Children.Select(node => ReadKey(yaml, node, PoolKeys))],
            new Bytes32(yaml.Bytes(yaml.Get(PoolTarget), PoolTarget, Bytes32.Size)));
    }

    /// <summary>The harvester's part.</summary>
    /// <exception cref="UserException">As <see cref="ReadFarmer"/>.</exception>
    public static HarvesterKeys ReadHarvester(string path)
    {
        var yaml = Load(path);
        return new HarvesterKeys(yaml.Bytes(yaml.Get(PlotSeed), PlotSeed, HarvesterKeys.SeedSize));
    }

    /// <summary>Adds keys to a file, which is made if it is not there. What else it holds stays.</summary>
    /// <exception cref="UserException">It holds keys already: lost keys are lost coins.</exception>
    public static void Write(string path, FarmerKeys farmer, HarvesterKeys harvester) => SecretYaml.Change(path, yaml =>
    {
        if (All.FirstOrDefault(yaml.Has) is { } present)
            throw new UserException(
                $"{path} holds keys already ({present}): they are never overwritten; move the file away to make new ones");
        yaml.Root.Add(FarmerKey, SecretYaml.Hex(farmer.FarmerKey.ToBytes()));
        yaml.Root.Add(FarmerTarget, SecretYaml.Hex(farmer.FarmerTarget.Span));
        yaml.Root.Add(PlotSeed, SecretYaml.Hex(harvester.ToBytes()));
        yaml.Root.Add(PoolKeys, new YamlSequenceNode(farmer.PoolKeys.Select(key => SecretYaml.Hex(key.ToBytes()))));
        yaml.Root.Add(PoolTarget, SecretYaml.Hex(farmer.PoolTarget.Span));
        return true;
    });

    private static SecretYaml Load(string path) =>
        Path.Exists(path)
            ? SecretYaml.Load(path)
            : throw new UserException(
                $"there are no keys in {path}: make them with: chia keys generate --root {Path.GetDirectoryName(path)}");

    private static PrivateKey ReadKey(SecretYaml yaml, YamlNode node, string name)
    {
        var bytes = yaml.Bytes(node, name, PrivateKey.Size);
        try
        {
            return PrivateKey.FromBytes(bytes);
        }
        catch (ArgumentException)
        {
            throw yaml.Fault(node, $"{name} is no private key");
        }
    }
}
