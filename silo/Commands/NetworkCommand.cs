using System.CommandLine;
using Chia.Silo.Networks;

namespace Chia.Silo.Commands;

/// <summary><c>chia network show NAME</c>.</summary>
internal static class NetworkCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Built-in network or network file." };
        var show = new Command("show", "Prints a network as a network file.") { name };
        show.SetAction(parsed => Console.Out.Write(NetworkWriter.Write(NetworkFile.Resolve(parsed.GetRequiredValue(name)))));
        return new Command("network", "Networks: constants, genesis block, ports.") { show };
    }
}
