using System.CommandLine;
using Chia.Silo.Configuration;
using Chia.Storage.Files;

namespace Chia.Silo.Commands;

/// <summary><c>chia config check|upgrade</c> (OPERATIONS 2).</summary>
internal static class ConfigCommand
{
    public static Command Create() => new("config", "The configuration of a node: check, upgrade.") { Check(), Upgrade() };

    private static Command Check()
    {
        var root = new RootOptions();
        var command = new Command("check", $"Reads {NodeConfiguration.FileName} and the environment, and prints what is not the default.");
        root.AddTo(command);
        command.SetAction(parsed =>
        {
            var folder = root.Path(parsed);
            var path = Path.Combine(folder, NodeConfiguration.FileName);
            var configuration = NodeConfiguration.Load(folder);
            CommonOptions.ResolveNetwork(configuration["network"]);
            foreach (var key in ConfigSchema.All.Where(key => configuration[key.Path] != key.Default))
                Console.Out.WriteLine($"{key.Path}={(key.IsSecret ? "(secret)" : configuration[key.Path])}");
            Console.Out.WriteLine(File.Exists(path) ? $"{path} ok" : $"there is no {path}: every other setting has its default");
            return 0;
        });
        return command;
    }

    private static Command Upgrade()
    {
        var root = new RootOptions();
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would change." };
        var command = new Command(
            "upgrade", $"Rewrites a {NodeConfiguration.FileName} of an older version, or of the reference; keeps its comments, and a copy.")
        {
            dry,
        };
        root.AddTo(command);
        command.SetAction(parsed =>
        {
            var path = Path.Combine(root.Path(parsed), NodeConfiguration.FileName);
            if (!Path.Exists(path))
                throw new UserException($"there is no {path}: chia init writes one");
            var before = YamlText.ReadFile(path);
            var upgrade = ConfigUpgrade.Of(before, path);
            foreach (var change in upgrade.Changes)
                Console.Out.WriteLine(change);
            if (upgrade.Changes.Count == 0)
                Console.Out.WriteLine($"{path} is of today");
            else if (!parsed.GetValue(dry))
                Console.Out.WriteLine($"{path} rewritten; the old one is {Write(path, before, upgrade.Text)}");
            return 0;
        });
        return command;
    }

    /// <summary>The old text first, under a name that nothing has; its name is returned.</summary>
    private static string Write(string path, string before, string after)
    {
        var copy = $"{path}.old";
        for (var i = 2; !SharedFile.Create(copy, before); i++)
            copy = $"{path}.old{i}";
        SharedFile.Replace(path, after);
        return copy;
    }
}
