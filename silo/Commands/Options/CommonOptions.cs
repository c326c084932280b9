using System.CommandLine;
using Chia.Cryptography.Plots;
using Chia.Protocol.Networks;
using Chia.Silo.Networks;
using Chia.Storage.Files;

namespace Chia.Silo.Commands.Options;

/// <summary>Options that many commands share.</summary>
internal static class CommonOptions
{
    public static Option<string?> Network() => new("--network")
    {
        Description = "Built-in network or network file (YAML).",
        HelpName = "testnet|FILE",
    };

    public static Option<string?> Root() => new("--root")
    {
        Description = "Folder of everything this node keeps. Default: CHIA_ROOT, or ~/.chia-orleans/NETWORK.",
        HelpName = "DIR",
    };

    public static Option<string?> Rpc() => new("--rpc") { Description = "Address of a running node's API.", HelpName = "URL" };

    /// <summary>How much memory a plotter aims for.</summary>
    public static Option<int> PlotMemory() => new("--memory")
    {
        Description = $"Memory to aim for, MiB; {PlotParameters.DefaultMemoryLimitBytes >> 20} by default. What does not fit goes to a temporary file.",
        HelpName = "MIB",
    };

    /// <summary>The same in bytes; 0 if it was not given.</summary>
    /// <exception cref="UserException">It is none.</exception>
    public static long PlotMemoryOf(ParseResult parsed, Option<int> memory) => parsed.GetValue(memory) switch
    {
        >= 1 and var wanted => (long)wanted << 20,
        0 when parsed.GetResult(memory) is null or { Implicit: true } => 0,
        var wanted => throw new UserException($"--memory must be at least 1, not {wanted}"),
    };

    /// <summary>The value of an option that has bounds.</summary>
    /// <exception cref="UserException">It is outside of them.</exception>
    public static int Between(int value, int minimum, int maximum, string option) =>
        value >= minimum && value <= maximum
            ? value
            : throw new UserException($"{option} must be from {minimum} to {maximum}, not {value}");

    public static Option<bool> Json() => new("--json") { Description = "Machine-readable." };

    /// <summary>Where a folder lies that nobody named. A home that is not there is named all the same: asked to verify it, the framework
    /// gives none, and keys and blocks would lie wherever the command was given.</summary>
    /// <exception cref="UserException">The user has no home.</exception>
    public static string HomeFolder(string name) =>
        Environment.GetFolderPath(
            Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } home
            ? Path.Combine(home, ".chia-orleans", name)
            : throw new UserException("this user has no home folder: name a folder with --root, or CHIA_ROOT");

    /// <summary>Makes a folder, if it is not there.</summary>
    /// <exception cref="UserException">It cannot be made.</exception>
    public static string Folder(string path)
    {
        try
        {
            return Directory.CreateDirectory(path).FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UserException($"cannot use {path} as a folder: {FileFault.OfFolder(path, error)}");
        }
    }

    public static NetworkDefinition ResolveNetwork(string? network) => NetworkFile.Resolve(network);
}
