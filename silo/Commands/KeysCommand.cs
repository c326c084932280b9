using System.CommandLine;
using Chia.Grains.Farmer;
using Chia.Grains.Harvester;
using Chia.Protocol.Primitives;
using Chia.Silo.Keys;
using Chia.Silo.Node;

namespace Chia.Silo.Commands;

/// <summary><c>chia keys generate|show</c>.</summary>
internal static class KeysCommand
{
    public static Command Create() =>
        new("keys", "The keys of a farmer and its harvester: keys.yaml.") { Generate(), Show() };

    private static Command Generate()
    {
        var root = new RootOptions();
        var command = new Command("generate", "Makes random keys; never overwrites any.");
        root.AddTo(command);
        command.SetAction(parsed =>
        {
            var path = NodePaths.KeysFile(root.Folder(parsed));
            var farmer = FarmerKeys.Generate();
            KeysFile.Write(path, farmer, HarvesterKeys.Generate());
            Print(farmer);
            Console.Error.WriteLine($"chia: wrote {path}; keep a copy: whoever has it has the rewards, and without it they are lost");
        });
        return command;
    }

    private static Command Show()
    {
        var root = new RootOptions();
        var secret = new Option<bool>("--secret") { Description = "Print the private keys too." };
        var command = new Command("show", "Prints the public keys.") { secret };
        root.AddTo(command);
        command.SetAction(parsed =>
        {
            var path = NodePaths.KeysFile(root.Folder(parsed));
            var farmer = KeysFile.ReadFarmer(path);
            Print(farmer);
            if (parsed.GetValue(secret))
                PrintSecrets(farmer, KeysFile.ReadHarvester(path));
        });
        return command;
    }

    private static void Print(FarmerKeys keys)
    {
        Console.Out.WriteLine($"farmer_pk={keys.FarmerKey.PublicKey}");
        Console.Out.WriteLine($"farmer_target={keys.FarmerTarget}");
        foreach (var pool in keys.PoolPublicKeys)
            Console.Out.WriteLine($"pool_pk={pool}");
        Console.Out.WriteLine($"pool_target={keys.PoolTarget}");
    }

    private static void PrintSecrets(FarmerKeys keys, HarvesterKeys harvester)
    {
        Console.Out.WriteLine($"farmer_sk={Hex.Encode(keys.FarmerKey.ToBytes())}");
        foreach (var pool in keys.PoolKeys)
            Console.Out.WriteLine($"pool_sk={Hex.Encode(pool.ToBytes())}");
        Console.Out.WriteLine($"sk_seed={Hex.Encode(harvester.ToBytes())}");
    }
}
