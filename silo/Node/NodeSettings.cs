using Chia.Grains.FullNode;
using Chia.Grains.Peers;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Silo.Api;

namespace Chia.Silo.Node;

/// <summary>Everything one node process is made from.</summary>
internal sealed record NodeSettings
{
    /// <summary>Name of the node; key of its grains.</summary>
    public NodeName Name { get; init; } = NodeName.Main;

    public required NetworkDefinition Network { get; init; }

    /// <summary>Folder of everything it keeps.</summary>
    public required string Root { get; init; }

    /// <summary>The roles it plays, each on a port of its own.</summary>
    public required IReadOnlyList<RoleSettings> Roles { get; init; }

    /// <summary>Where the API listens.</summary>
    public ApiPort Api { get; init; } = ApiPort.Free;

    public Action<FullNodeOptions> FullNode { get; init; } = _ => { };

    public Action<PeerDirectoryOptions> Peers { get; init; } = _ => { };

    /// <summary>What the roles need beside: keys, plots, options.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };

    /// <summary>Where log lines go; the console by default.</summary>
    public Action<ILoggingBuilder> Logging { get; init; } = NodeLogging.ToConsole;

    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
