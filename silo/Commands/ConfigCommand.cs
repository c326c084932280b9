using System.CommandLine;
using Chia.Silo.Configuration;

namespace Chia.Silo.Commands;

/// <summary><c>chia config check</c> (OPERATIONS 2).</summary>
internal static class ConfigCommand
{
    public static Command Create() => new("config", "The configuration of a node.") { Check() };

    private static Command Check()
    {
        var (network, root) = (CommonOptions.Network(), CommonOptions.Root());
        var command =
            new Command(
            "check", $"Reads {NodeConfiguration.FileName} and the environment, and prints what is not the default.") { network, root };
        command.SetAction(parsed =>
        {
            var folder = CommonOptions.ResolveRoot(parsed.GetValue(root), CommonOptions.ResolveNetwork(parsed.GetValue(network)));
            var configuration = NodeConfiguration.Load(folder);
            CommonOptions.ResolveNetwork(configuration["network"]);
            foreach (var key in ConfigSchema.All.Where(key => configuration[key.Path] != key.Default))
                Console.Out.WriteLine($"{key.Path}={configuration[key.Path]}");
            Console.Out.WriteLine($"{Path.Combine(folder, NodeConfiguration.FileName)} ok");
            return 0;
        });
        return command;
    }
}
