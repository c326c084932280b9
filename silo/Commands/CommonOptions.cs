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

    /// <summary>The folder, made if it is not there.</summary>
    public static string ResolveRoot(string? root, NetworkDefinition network)
    {
        var path = root
            ?? Environment.GetEnvironmentVariable("CHIA_ROOT")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".chia-orleans", network.NetworkId);
        try
        {
            return Directory.CreateDirectory(path).FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UserException($"cannot use {path} as root folder: {error.Message}");
        }
    }

    public static NetworkDefinition ResolveNetwork(string? network) => NetworkFile.Resolve(network);
}
