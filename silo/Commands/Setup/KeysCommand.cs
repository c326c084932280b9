using System.CommandLine;
using Chia.Grains.Farmer;
using Chia.Grains.Harvester;
using Chia.Protocol.Primitives;
using Chia.Silo.Commands.Options;
using Chia.Silo.Keys;
using Chia.Silo.Node;
using Chia.Silo.Views;

namespace Chia.Silo.Commands.Setup;

/// <summary><c>chia keys generate|show</c>.</summary>
internal static class KeysCommand
{
    public static Command Create() =>
        new("keys", "The keys of a farmer and its harvester: keys.yaml.") { Generate(), Show() };

    private static Command Generate()
    {
        var (root, json) = (new RootOptions(), CommonOptions.Json());
        var command = new Command("generate", "Makes random keys; never overwrites any.") { json };
        root.AddTo(command);
        command.SetAction(parsed =>
        {
            var path = NodePaths.KeysFile(root.Folder(parsed));
            var farmer = FarmerKeys.Generate();
            KeysFile.Write(path, farmer, HarvesterKeys.Generate());
            Print(Public(farmer), parsed.GetValue(json));
            Console.Error.WriteLine($"chia: wrote {path}; keep a copy: whoever has it has the rewards, and without it they are lost");
        });
        return command;
    }

    private static Command Show()
    {
        var (root, json) = (new RootOptions(), CommonOptions.Json());
        var secret = new Option<bool>("--secret") { Description = "Print the private keys too." };
        var command = new Command("show", "Prints the public keys.") { secret, json };
        root.AddTo(command);
        command.SetAction(parsed =>
        {
            var path = NodePaths.KeysFile(root.Path(parsed));
            var farmer = KeysFile.ReadFarmer(path);
            var secrets = parsed.GetValue(secret) ? Secret(farmer, KeysFile.ReadHarvester(path)) : [];
            Print([.. Public(farmer), .. secrets], parsed.GetValue(json));
        });
        return command;
    }

    private static List<Row> Public(FarmerKeys keys) =>
    [
        new("farmer_pk", [$"{keys.FarmerKey.PublicKey}"]),
        new("farmer_target", [$"{keys.FarmerTarget}"]),
        new("pool_pk", [.. keys.PoolPublicKeys.Select(key => $"{key}")], IsList: true),
        new("pool_target", [$"{keys.PoolTarget}"]),
    ];

    private static List<Row> Secret(FarmerKeys keys, HarvesterKeys harvester) =>
    [
        new("farmer_sk", [Hex.Encode(keys.FarmerKey.ToBytes())]),
        new("pool_sk", [.. keys.PoolKeys.Select(key => Hex.Encode(key.ToBytes()))], IsList: true),
        new("sk_seed", [Hex.Encode(harvester.ToBytes())]),
    ];

    private static void Print(IEnumerable<Row> rows, bool isJson)
    {
        if (isJson)
        {
            rows.Aggregate(
                new ResultLine(), (result, row) => row.IsList ? result.With($"{row.Name}s", row.Keys) : result.With(row.Name, row.Keys[0]))
                .Print(asJson: true);
            return;
        }

        foreach (var row in rows)
        {
            foreach (var key in row.Keys)
                Console.Out.WriteLine($"{row.Name}={key}");
        }
    }

    /// <summary>A key, or those of one kind: a line each, and one list for programs, in the plural as in keys.yaml.</summary>
    private sealed record Row(string Name, IReadOnlyList<string> Keys, bool IsList = false);
}
