using System.CommandLine;
using Chia.Silo.Networks;

namespace Chia.Silo.Commands;

/// <summary><c>chia network create|show|check|diff</c> (OPERATIONS 2).</summary>
internal static class NetworkCommand
{
    public static Command Create() =>
        new("network", "Networks: constants, genesis block, ports.") { NetworkCreateCommand.Create(), Show(), Check(), Diff() };

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
            Console.Out.WriteLine($"network={network.NetworkId} genesis={await NetworkCheck.Run(network, cancellation)} ok");
            return 0;
        });
        return command;
    }

    private static Command Diff()
    {
        var (a, b) = (Name("A"), Name("B"));
        var command = new Command("diff", "Where two networks differ; exit code 1 if they do.") { a, b };
        command.SetAction(parsed =>
        {
            var lines =
                NetworkDifference.Between(
                NetworkFile.Resolve(parsed.GetRequiredValue(a)), NetworkFile.Resolve(parsed.GetRequiredValue(b)));
            foreach (var line in lines)
                Console.Out.WriteLine(line);
            return lines.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static Argument<string> Name(string name) => new(name) { Description = "Built-in network or network file." };
}
