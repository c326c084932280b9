using System.CommandLine;
using Chia.Silo.Configuration;
using Chia.Storage.Files;

namespace Chia.Silo.Commands;

/// <summary><c>chia init</c>: writes the configuration file.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var network = CommonOptions.Network();
        var root = CommonOptions.Root();
        var command =
            new Command(
            "init", $"Writes {NodeConfiguration.FileName} with every setting, its default and what it means.") { network, root };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(network) ?? "testnet";
            var folder = CommonOptions.ResolveRoot(parsed.GetValue(root), CommonOptions.ResolveNetwork(name));
            var path = Path.Combine(folder, NodeConfiguration.FileName);
            var text = ConfigWriter.Write(File.Exists(name) ? Path.GetFullPath(name) : name);
            if (!SharedFile.Create(path, text))
                throw new UserException($"{path} exists already; it is left as it is");
            Console.Out.WriteLine(path);
        });
        return command;
    }
}
