using Chia.Protocol.Networks;
using Chia.Storage;
using Chia.Storage.Sqlite;

namespace Chia.Silo.Node;

/// <summary>Where things lie under a node's root folder.</summary>
internal static class NodePaths
{
    public static string StoreFile(string root) => Path.Combine(root, "blocks.db");

    /// <summary>The network that the folder was made for: its rules, where nobody names others.</summary>
    public static string NetworkFile(string root) => Path.Combine(root, "network.yaml");

    /// <summary>Where a running node notes the address of its local RPC.</summary>
    public static string RpcFile(string root) => Path.Combine(root, "rpc.url");

    /// <summary>What grains keep: address books.</summary>
    public static string StateFolder(string root) => Path.Combine(root, "state");

    /// <summary>Names the file of keys where it does not lie in the root folder: a secret that is mounted into a container.</summary>
    public const string KeysVariable = "CHIA_KEYS_FILE";

    /// <summary>Farmer's, pools' and harvester's keys.</summary>
    public static string KeysFile(string root) =>
        Environment.GetEnvironmentVariable(KeysVariable) is { Length: > 0 } file
            ? Path.GetFullPath(file)
            : Path.Combine(root, "keys.yaml");

    /// <summary>Which plots there are, with their keys.</summary>
    public static string PlotsFile(string root) => Path.Combine(root, "plots.yaml");

    /// <summary>Where plots lie unless configured otherwise.</summary>
    public static string PlotFolder(string root) => Path.Combine(root, "plots");

    public static SqliteStoreOptions Store(string root, NetworkDefinition network) =>
        new() { Path = StoreFile(root), Identity = StoreIdentity.Of(network) };
}
