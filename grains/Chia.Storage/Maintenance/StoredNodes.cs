using Chia.Protocol.Primitives;
using Chia.Storage.Errors;

namespace Chia.Storage.Maintenance;

/// <summary>Reads whose stores a database holds.</summary>
internal static class StoredNodes
{
    /// <summary>A row, whose name anybody may have written.</summary>
    /// <exception cref="StoreDamagedException">The name is no node's.</exception>
    internal static StoredNode Read(string name, string location, StoreIdentity identity) =>
        NodeName.TryParse(name, out var node)
            ? new StoredNode(node, identity)
            : throw new StoreDamagedException(location, "the name of one of its nodes is none");
}
