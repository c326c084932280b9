using Chia.Protocol.Networks;
using Chia.Protocol.Streamable;
using Chia.Silo.Networks;
using Chia.Silo.Node;

namespace Chia.Silo.Api.Shapes;

/// <summary>The network.</summary>
/// <param name="NetworkId">Its name.</param>
/// <param name="ProtocolVersion">Version that every node of it announces.</param>
/// <param name="GenesisHash">Header hash of its first block.</param>
/// <param name="GenesisChallenge">What that block poses.</param>
/// <param name="Ports">Default TCP ports by role.</param>
/// <param name="Constants">The consensus constants by the names of network files.</param>
internal sealed record NetworkView(
    string NetworkId,
    string ProtocolVersion,
    string GenesisHash,
    string GenesisChallenge,
    IReadOnlyDictionary<string, int> Ports,
    IReadOnlyDictionary<string, ulong> Constants)
{
    public static NetworkView Of(NetworkDefinition network)
    {
        var genesis = network.Genesis();
        return new NetworkView(
            network.NetworkId,
            NetworkDefinition.ProtocolVersion,
            genesis.HeaderHash().ToString(),
            genesis.HeaderBlock.Challenge!.Sha256().ToString(),
            RoleNames.All.ToDictionary(name => name, name => (int)RoleNames.DefaultPort(network.Ports, RoleNames.Parse(name))),
            ConstantFields.All.ToDictionary(field => field.Name, field => field.Get(network.Constants)));
    }
}

/// <summary>The nodes that an API answers for.</summary>
/// <param name="Default">The one that is meant if nobody says.</param>
/// <param name="Nodes">All of them.</param>
internal sealed record NodeList(string Default, IReadOnlyList<NodeListRow> Nodes);

/// <summary>One of them.</summary>
/// <param name="Name">For <c>?node=</c>.</param>
/// <param name="IsRunning">It runs.</param>
/// <param name="Roles">Its roles; empty while it does not run.</param>
internal sealed record NodeListRow(string Name, bool IsRunning, IReadOnlyList<string> Roles);
