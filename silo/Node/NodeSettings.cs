using System.Net;
using Chia.Gateway.Configuration;
using Chia.Grains.FullNode;
using Chia.Grains.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;

namespace Chia.Silo.Node;

/// <summary>Everything one node process is made from.</summary>
internal sealed record NodeSettings
{
    /// <summary>Name of the node; key of its grains.</summary>
    public NodeName Name { get; init; } = NodeName.Main;

    /// <summary>Name of the process that holds its connections.</summary>
    public string Process { get; init; } = Environment.MachineName;

    public required NetworkDefinition Network { get; init; }

    /// <summary>Folder of everything it keeps.</summary>
    public required string Root { get; init; }

    /// <summary>The roles it plays, each on a port of its own.</summary>
    public required IReadOnlyList<RoleSettings> Roles { get; init; }

    /// <summary>Where the API listens.</summary>
    public ApiPort Api { get; init; } = ApiPort.Free;

    /// <summary>What cuts it off from others, in a simulation.</summary>
    public IPartition? Partition { get; init; }

    public Action<FullNodeOptions> FullNode { get; init; } = _ => { };

    public Action<PeerDirectoryOptions> Peers { get; init; } = _ => { };

    /// <summary>What the roles need beside: keys, plots, options.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };

    /// <summary>Where log lines go; null for where <see cref="Log"/> says.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }

    /// <summary>It has the dashboard of Orleans.</summary>
    public bool HasDashboard { get; init; }

    /// <summary>Activities go on from grain to grain, for whoever listens to them.</summary>
    public bool IsTraced { get; init; }

    /// <summary>Levels, and where lines go unless <see cref="Logging"/> says otherwise.</summary>
    public LogSettings Log { get; init; } = new();

    /// <summary>Reads the configuration again: null if it says nothing new. Null itself where nothing is read.</summary>
    public Func<NodeSettings?>? Reread { get; init; }

    /// <summary>Who may ask the API where others than this machine can; empty for nobody.</summary>
    public string ApiToken { get; init; } = "";

    /// <summary>It plays this role.</summary>
    public bool Has(Role role) => Roles.Any(r => r.Role == role);

    /// <summary>Whose addresses the full node may be told: one that listens on loopback only is one of a network on this
    /// machine.</summary>
    public AddressScope ListensWithin() =>
        Roles.FirstOrDefault(role => role.Role == Role.FullNode) is { } node && !node.Address.Equals(IPAddress.IPv6Any)
            && !node.Address.Equals(IPAddress.Any)
            ? PeerHost.Of(node.Address).Scope
            : AddressScope.Public;
}
