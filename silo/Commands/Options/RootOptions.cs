using System.CommandLine;
using System.Globalization;
using Chia.Silo.Networks;
using Chia.Silo.Node;

namespace Chia.Silo.Commands.Options;

/// <summary>Which root folder a command is about: named, or the network's own; and which instance of several on one machine.</summary>
internal sealed class RootOptions
{
    /// <summary>The variable that names the folder where no option does.</summary>
    public const string Variable = "CHIA_ROOT";

    private readonly Option<string?> _root = CommonOptions.Root();
    private readonly Option<int?> _instance = new("--instance")
    {
        Description = $"Which of several nodes on this machine ({Instance.Variable}): shifts every port by ten times this, and the folder to DIR-N.",
        HelpName = "N",
    };

    public Option<string?> Network { get; } = CommonOptions.Network();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Network, _root, _instance })
            command.Add(option);
    }

    /// <summary>The network that was named; null for the built-in one.</summary>
    public string? NetworkName(ParseResult parsed) => parsed.GetValue(Network);

    /// <summary>A folder was named.</summary>
    public bool IsNamed(ParseResult parsed) => parsed.GetValue(_root) is not null;

    /// <exception cref="UserException">No number that there can be.</exception>
    public Instance InstanceOf(ParseResult parsed)
    {
        var variable = Environment.GetEnvironmentVariable(Instance.Variable);
        var number = parsed.GetValue(_instance)
            ?? (string.IsNullOrEmpty(variable) ? 0
                : int.TryParse(variable, NumberStyles.None, CultureInfo.InvariantCulture, out var named) ? named : -1);
        return number is >= 0 and <= Instance.Most
            ? new Instance(number)
            : throw new UserException($"--instance must be a whole number from 0 to {Instance.Most}");
    }

    /// <summary>The folder, made if it is not there.</summary>
    public string Folder(ParseResult parsed) => CommonOptions.Folder(Path(parsed));

    /// <summary>The folder, there or not: what only reads makes none.</summary>
    /// <exception cref="UserException">There is no such network, whether the folder follows from it or not.</exception>
    public string Path(ParseResult parsed)
    {
        var network = NetworkFile.Resolve(NetworkName(parsed));
        return System.IO.Path.GetFullPath(InstanceOf(parsed).Folder(
            parsed.GetValue(_root) ?? Environment.GetEnvironmentVariable(Variable) ?? CommonOptions.HomeFolder(network.NetworkId)));
    }
}
