using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Placement;

/// <summary>Whose a grain is: every key begins with the node's name (<see cref="NodeKey"/>).</summary>
public static class NodeOfGrain
{
    /// <summary>The node's name.</summary>
    public static NodeName Of(GrainId grain) => NodeKey.NodeOf(grain.Key.ToString() ?? "");
}
