using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chia.Cryptography.Plots;
using Chia.Grains.Farmer;
using Chia.Grains.Harvester;
using Chia.Protocol.Networks;
using Chia.Silo.Commands.Options;
using Chia.Silo.Keys;
using Chia.Silo.Networks;
using Chia.Silo.Node;
using Chia.Silo.Plots;
using Chia.Storage.Files;

namespace Chia.Silo.Commands.Setup;

/// <summary>
/// <c>chia network create</c> (OPERATIONS 2): keys and plots in a root folder, a genesis block with real proofs from them, and a network
/// file to hand out. Interrupted, it goes on with the plots that are there.
/// </summary>
internal static class NetworkCreateCommand
{
    private const double DefaultBlockTime = 30;
    private const int DefaultK = 20;
    private const int DefaultPlots = 10;

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The network's id: letters, digits, and . _ - inside." };
        var blockTime = new Option<double>("--block-time")
        {
            Description = "Seconds between blocks.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => DefaultBlockTime,
        };
        var k = new Option<int>("--k")
        {
            Description = $"Size of the plots: {PlotParameters.MinK} to {PlotParameters.MaxK}.",
            HelpName = "K",
            DefaultValueFactory = _ => DefaultK,
        };
        var plots = new Option<int>("--plots")
        {
            Description = "Plots that it begins with; about five proofs per challenge make it safe.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultPlots,
        };
        var set = new Option<string[]>("--set") { Description = "Any constant; may be given several times.", HelpName = "constants.X=Y" };
        var root = new Option<string?>("--root")
        {
            Description = "Folder for keys and plots. Default: ~/.chia-orleans/NAME, where chia start looks for them.",
            HelpName = "DIR",
        };
        var output = new Option<string?>("--output") { Description = "The network file. Default: NAME.yaml here.", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command =
            new Command("create", "Founds a network of your own: keys, plots, a genesis block with real proofs, a file to hand out.")
        {
            name, blockTime, k, plots, set, root, output, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var id = parsed.GetRequiredValue(name);
            if (!NetworkFile.IsNetworkId(id) || id == Testnet.Id)
                throw new UserException($"'{id}' cannot name a network: use letters, digits, and . _ - inside");
            var seconds = parsed.GetValue(blockTime);
            if (seconds is not (>= 1 and <= 86_400))
                throw new UserException("--block-time must be from 1 to 86400 seconds");
            var work = new Work(
                new NetworkRequest(id, seconds, new ConsensusConstants(), parsed.GetValue(set) ?? []),
                CommonOptions.Between(parsed.GetValue(k), PlotParameters.MinK, PlotParameters.MaxK, "--k"),
                CommonOptions.Between(parsed.GetValue(plots), 1, 10_000, "--plots"),
                parsed.GetValue(root) ?? CommonOptions.HomeFolder(id),
                Path.GetFullPath(parsed.GetValue(output) ?? $"{id}.yaml"));
            return Interruption.Run(stopping => Run(work, parsed.GetValue(json), stopping), cancellation);
        });
        return command;
    }

    private static async Task<int> Run(Work work, bool isJson, CancellationToken cancellation)
    {
        _ = work.Request.Assign(work.Request.Basis); // a constant that is none is said before plots are made
        RequireNew(work);
        CommonOptions.Folder(work.Root);
        var keysPath = NodePaths.KeysFile(work.Root);
        if (!File.Exists(keysPath))
            KeysFile.Write(keysPath, FarmerKeys.Generate(), HarvesterKeys.Generate());
        var farmer = KeysFile.ReadFarmer(keysPath);
        var list = PlotsFile.Of(work.Root);
        try
        {
            await new PlotMaker(KeysFile.ReadHarvester(keysPath), farmer.PoolPublicKeys[0], list, list.PlotRoot)
                .MakeAll((byte)work.K, work.Plots, cancellation);
            Console.Error.WriteLine("chia: measuring the speed of proofs of time, making the genesis block");
            var made = await NetworkMaker.Make(work.Request, farmer, list.Load(), cancellation);
            var text = NetworkWriter.Write(made.Network);
            await HandOut(work.Output, text, cancellation);
            SharedFile.Replace(NodePaths.NetworkFile(work.Root), text); // where commands on this folder look
            Print(work, made, (await NetworkCheck.Run(made.Network, cancellation)).ToString(), isJson);
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Console.Error.WriteLine("chia: stopped; the same command goes on with the plots that are there");
            return Interruption.ExitCode;
        }
    }

    /// <summary>Writes the file that is handed out: whole or not at all, and with nothing left beside it.</summary>
    private static async Task HandOut(string path, string text, CancellationToken cancellation)
    {
        var draft = $"{path}.tmp";
        await File.WriteAllTextAsync(draft, text, cancellation);
        File.Move(draft, path, overwrite: false);
    }

    /// <summary>What is there is never overwritten.</summary>
    private static void RequireNew(Work work)
    {
        if (File.Exists(work.Output))
            throw new UserException(
                $"{work.Output} is there already: a network that was handed out is not made anew; choose another name or --output");
        if (File.Exists(NodePaths.StoreFile(work.Root)))
            throw new UserException($"{work.Root} holds the chain of a network: choose another folder with --root");
        if (Path.GetDirectoryName(work.Output) is { Length: > 0 } folder && !Directory.Exists(folder))
            throw new UserException($"there is no folder {folder} for the network file");
    }

    private static void Print(Work work, MadeNetwork made, string genesis, bool isJson)
    {
        var constants = made.Network.Constants;
        if (isJson)
        {
            var created = new CreatedNetwork(
                made.Network.NetworkId, genesis, work.Output, work.Root, made.Plots, made.ProofsPerChallenge, made.Unanswered,
                made.MorePlots, constants.DifficultyStarting, constants.VdfIpsStarting);
            Console.Out.WriteLine(JsonSerializer.Serialize(created, CreatedNetworkJson.Default.CreatedNetwork));
            return;
        }

        Console.Out.WriteLine($"network={made.Network.NetworkId} genesis={genesis} file={work.Output}");
        Console.Out.WriteLine($"plots={made.Plots} difficulty={constants.DifficultyStarting} ips={constants.VdfIpsStarting} block_time={constants.BlockTimeTarget}");
        Console.Out.WriteLine(made.Expectation);
        Console.Out.WriteLine($"start it here: chia start full_node farmer harvester timelord --network {work.Output} --root {work.Root}");
        Console.Out.WriteLine("elsewhere: copy the file, make keys and plots, and start with --network FILE --connect THIS-MACHINE");
    }

    private sealed record Work(NetworkRequest Request, int K, int Plots, string Root, string Output);
}

/// <summary>A network that was created, for programs.</summary>
/// <param name="Network">Its id.</param>
/// <param name="Genesis">Header hash of its genesis block.</param>
/// <param name="File">The network file.</param>
/// <param name="Root">Folder of keys and plots.</param>
/// <param name="Plots">Plots that it begins with.</param>
/// <param name="ProofsPerChallenge">Proofs that they have for a challenge, on average.</param>
/// <param name="UnansweredShare">The share of challenges without an answer.</param>
/// <param name="MorePlots">Plots more that make it safe.</param>
/// <param name="Difficulty">Difficulty of the first epoch.</param>
/// <param name="Ips">Iterations per second of the first epoch.</param>
internal sealed record CreatedNetwork(
    string Network,
    string Genesis,
    string File,
    string Root,
    int Plots,
    double ProofsPerChallenge,
    double UnansweredShare,
    int MorePlots,
    ulong Difficulty,
    ulong Ips);

/// <summary>Names in snake case, as everywhere.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(CreatedNetwork))]
internal sealed partial class CreatedNetworkJson : JsonSerializerContext;
