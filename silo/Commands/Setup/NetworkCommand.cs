using System.CommandLine;
using System.Text.Json;
using Chia.Silo.Api.Requests;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Commands.Options;
using Chia.Silo.Networks;
using Chia.Silo.Views;

namespace Chia.Silo.Commands.Setup;

/// <summary><c>chia network create|show|check|diff</c> (OPERATIONS 2).</summary>
internal static class NetworkCommand
{
    public static Command Create() =>
        new("network", "Networks: constants, genesis block, ports.") { NetworkCreateCommand.Create(), Show(), Check(), Diff() };

    private static Command Show()
    {
        var (name, json) = (Name("NAME"), CommonOptions.Json());
        var command = new Command("show", "Prints a network as a network file.") { name, json };
        command.SetAction(parsed =>
        {
            var network = NetworkFile.Resolve(parsed.GetRequiredValue(name));
            Console.Out.Write(
                parsed.GetValue(json)
                    ? JsonSerializer.Serialize(NetworkView.Of(network), ApiJson.Default.NetworkView) + Environment.NewLine
                    : NetworkWriter.Write(network));
        });
        return command;
    }

    private static Command Check()
    {
        var (name, json) = (Name("FILE"), CommonOptions.Json());
        var command = new Command("check", "Reads a network file and verifies its genesis block by its own rules.") { name, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var network = NetworkFile.Resolve(parsed.GetRequiredValue(name));
            var found = new ResultLine().With("network", network.NetworkId).With("genesis", await NetworkCheck.Run(network, cancellation));
            found.Print(parsed.GetValue(json), inWords: $"{found} ok");
            return 0;
        });
        return command;
    }

    private static Command Diff()
    {
        var (a, b, json) = (Name("A"), Name("B"), CommonOptions.Json());
        var command = new Command("diff", "Where two networks differ; exit code 1 if they do.") { a, b, json };
        command.SetAction(parsed =>
        {
            var lines =
                NetworkDifference.Between(
                NetworkFile.Resolve(parsed.GetRequiredValue(a)), NetworkFile.Resolve(parsed.GetRequiredValue(b)));
            if (parsed.GetValue(json))
                new ResultLine().With("differences", lines).Print(asJson: true);
            else
                foreach (var line in lines)
                    Console.Out.WriteLine(line);
            return lines.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static Argument<string> Name(string name) => new(name) { Description = "Built-in network or network file." };
}
