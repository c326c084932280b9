using System.CommandLine;
using Chia.Protocol.Networks;
using Chia.Silo.Networks;

namespace Chia.Silo.Commands;

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

    public static Option<bool> Json() => new("--json") { Description = "Machine-readable." };

    /// <summary>Where a folder lies that nobody named.</summary>
    public static string HomeFolder(string name) =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".chia-orleans", name);

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
            throw new UserException($"cannot use {path} as a folder: {error.Message}");
        }
    }

    public static NetworkDefinition ResolveNetwork(string? network) => NetworkFile.Resolve(network);
}
