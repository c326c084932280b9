using System.CommandLine;
using Chia.Silo.Configuration;
using Chia.Storage.Files;

namespace Chia.Silo.Commands;

/// <summary><c>chia init</c>: writes the configuration file.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var root = new RootOptions();
        var command =
            new Command(
            "init", $"Writes {NodeConfiguration.FileName} with every setting, its default and what it means.");
        root.AddTo(command);
        command.SetAction(parsed =>
        {
            var name = root.NetworkName(parsed) ?? "testnet";
            var folder = root.Folder(parsed);
            var path = Path.Combine(folder, NodeConfiguration.FileName);
            var text = ConfigWriter.Write(File.Exists(name) ? Path.GetFullPath(name) : name);
            if (!SharedFile.Create(path, text))
                throw new UserException($"{path} exists already; it is left as it is");
            Console.Out.WriteLine(path);
        });
        return command;
    }
}
