using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Peers;

/// <summary>
/// Keys of grains. A cluster may host several nodes: everything one of them owns carries its name, and what belongs to one of its roles
/// carries the role too.
/// </summary>
public static class NodeKey
{
    /// <summary>Key of what there is once a node: <c>main</c>.</summary>
    public static string Of(NodeName node) => node.ToString();

    /// <summary>Key of what one role of a node owns: <c>main/FullNode</c>.</summary>
    public static string OfRole(NodeName node, Role role) => $"{node}/{role}";

    /// <summary>Key of the grain of one connection: <c>main/FullNode/{connection}</c>.</summary>
    internal static string OfPeer(NodeName node, Role role, ConnectionId connectionId) => $"{node}/{role}/{connectionId}";

    /// <summary>The parts of a key of <see cref="OfPeer"/>: what its role owns, and the connection.</summary>
    public static (string OfRole, ConnectionId Connection) PartsOfPeer(string key) =>
        key.LastIndexOf('/') is var end and > 0
            ? (key[..end], ConnectionId.Parse(key[(end + 1)..]))
            : throw new FormatException($"'{key}' is not the key of a peer");

    /// <summary>Key of the broadcasts of one role to peers of one role: <c>main/FullNode/Farmer</c>.</summary>
    public static string OfBroadcast(NodeName node, Role role, Role to) => $"{node}/{role}/{to}";

    /// <summary>The node that any of these keys belongs to.</summary>
    public static NodeName NodeOf(string key) =>
        NodeName.Parse(key.IndexOf('/', StringComparison.Ordinal) is var end and >= 0 ? key[..end] : key);
}
