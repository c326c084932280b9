using System.CommandLine;
using Chia.Consensus.Validation;
using Chia.Grains.Chain;
using Chia.Silo.Networks;
using Chia.Storage;
using Chia.Storage.Sqlite;

namespace Chia.Silo.Commands;

/// <summary><c>chia network show|check|diff</c> (OPERATIONS 2).</summary>
internal static class NetworkCommand
{
    public static Command Create() => new("network", "Networks: constants, genesis block, ports.") { Show(), Check(), Diff() };

    private static Command Show()
    {
        var name = Name("NAME");
        var command = new Command("show", "Prints a network as a network file.") { name };
        command.SetAction(parsed => Console.Out.Write(NetworkWriter.Write(NetworkFile.Resolve(parsed.GetRequiredValue(name)))));
        return command;
    }

    private static Command Check()
    {
        var name = Name("FILE");
        var command = new Command("check", "Reads a network file and verifies its genesis block by its own rules.") { name };
        command.SetAction(async (parsed, cancellation) =>
        {
            var network = NetworkFile.Resolve(parsed.GetRequiredValue(name));
            var folder = Directory.CreateTempSubdirectory("chia-network-");
            try
            {
                // A chain that begins: its first block is verified as every node does it.
                var options = new SqliteStoreOptions { Path = Path.Combine(folder.FullName, "blocks.db"), Identity = StoreIdentity.Of(network) };
                await using var store = await SqliteBlockStore.Open(options, cancellation);
                var keeper = await CommittedChain.Open(network, store, new ProofVerifier(), TimeProvider.System, cancellation);
                Console.Out.WriteLine($"network={network.NetworkId} genesis={keeper.State.HeaviestTip!.HeaderHash} ok");
                return 0;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }

    private static Command Diff()
    {
        var (a, b) = (Name("A"), Name("B"));
        var command = new Command("diff", "Where two networks differ; exit code 1 if they do.") { a, b };
        command.SetAction(parsed =>
        {
            var lines = NetworkDifference.Between(NetworkFile.Resolve(parsed.GetRequiredValue(a)), NetworkFile.Resolve(parsed.GetRequiredValue(b)));
            foreach (var line in lines)
                Console.Out.WriteLine(line);
            return lines.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static Argument<string> Name(string name) => new(name) { Description = "Built-in network or network file." };
}
