using System.CommandLine;
using Chia.Silo.Commands.Options;
using Chia.Silo.Configuration;
using Chia.Silo.Views;
using Chia.Storage.Files;

namespace Chia.Silo.Commands.Setup;

/// <summary><c>chia config check|upgrade</c> (OPERATIONS 2).</summary>
internal static class ConfigCommand
{
    public static Command Create() => new("config", "The configuration of a node: check, upgrade.") { Check(), Upgrade() };

    private static Command Check()
    {
        var (root, json) = (new RootOptions(), CommonOptions.Json());
        var command = new Command("check", $"Reads {NodeConfiguration.FileName} and the environment, and prints what is not the default.")
        {
            json,
        };
        root.AddTo(command);
        command.SetAction(parsed =>
        {
            var folder = root.Path(parsed);
            var path = Path.Combine(folder, NodeConfiguration.FileName);
            var configuration = NodeConfiguration.Load(folder);
            CommonOptions.ResolveNetwork(configuration["network"]);
            var settings = ConfigSchema.All.Where(key => configuration[key.Path] != key.Default)
                .Select(key => (key.Path, Value: key.IsSecret ? "(secret)" : configuration[key.Path])).ToList();
            if (parsed.GetValue(json))
            {
                var named = settings.Aggregate(new ResultLine(), (line, setting) => line.With(setting.Path, setting.Value));
                new ResultLine().With("file", File.Exists(path) ? path : null).With("settings", named).Print(asJson: true);
                return 0;
            }

            foreach (var (key, value) in settings)
                Console.Out.WriteLine($"{key}={value}");
            Console.Out.WriteLine(File.Exists(path) ? $"{path} ok" : $"there is no {path}: every other setting has its default");
            return 0;
        });
        return command;
    }

    private static Command Upgrade()
    {
        var (root, json) = (new RootOptions(), CommonOptions.Json());
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would change." };
        var command = new Command(
            "upgrade", $"Rewrites a {NodeConfiguration.FileName} of an older version, or of the reference; keeps its comments, and a copy.")
        {
            dry, json,
        };
        root.AddTo(command);
        command.SetAction(parsed =>
        {
            var path = Path.Combine(root.Path(parsed), NodeConfiguration.FileName);
            if (!Path.Exists(path))
                throw new UserException($"there is no {path}: chia init writes one");
            var before = YamlText.ReadFile(path);
            var upgrade = ConfigUpgrade.Of(before, path);
            var copy = upgrade.Changes.Count == 0 || parsed.GetValue(dry) ? null : Write(path, before, upgrade.Text);
            if (parsed.GetValue(json))
            {
                new ResultLine().With("file", path).With("changes", upgrade.Changes).With("copy", copy).Print(asJson: true);
                return 0;
            }

            foreach (var change in upgrade.Changes)
                Console.Out.WriteLine(change);
            if (upgrade.Changes.Count == 0)
                Console.Out.WriteLine($"{path} is of today");
            else if (copy is not null)
                Console.Out.WriteLine($"{path} rewritten; the old one is {copy}");
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
