using System.CommandLine;
using Chia.Silo.Commands.Options;
using Chia.Silo.Configuration;
using Chia.Silo.Views;
using Chia.Storage.Files;

namespace Chia.Silo.Commands.Setup;

/// <summary><c>chia init</c>: writes the configuration file.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var (root, json) = (new RootOptions(), CommonOptions.Json());
        var command = new Command("init", $"Writes {NodeConfiguration.FileName} with every setting, its default and what it means.")
        {
            json,
        };
        root.AddTo(command);
        command.SetAction(parsed =>
        {
            var name = root.NetworkName(parsed) ?? "testnet";
            var folder = root.Folder(parsed);
            var path = Path.Combine(folder, NodeConfiguration.FileName);
            var text = ConfigWriter.Write(File.Exists(name) ? Path.GetFullPath(name) : name);
            if (!SharedFile.Create(path, text))
                throw new UserException($"{path} exists already; it is left as it is");
            new ResultLine().With("file", path).Print(parsed.GetValue(json), inWords: path);
        });
        return command;
    }
}
