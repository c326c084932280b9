using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Silo.Configuration;

namespace Chia.Silo.Hosting;

/// <summary>Roles by the names that the command line and the configuration use.</summary>
internal static class RoleNames
{
    private static readonly (string Name, NodeType Role)[] Names =
    [
        (ConfigSchema.FullNode, NodeType.FullNode),
        (ConfigSchema.Farmer, NodeType.Farmer),
        (ConfigSchema.Harvester, NodeType.Harvester),
        (ConfigSchema.Timelord, NodeType.Timelord),
        (ConfigSchema.Introducer, NodeType.Introducer),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Names.Select(n => n.Name)];

    public static NodeType Parse(string name) =>
        Names.FirstOrDefault(n => n.Name == name) is { Name: not null } found
            ? found.Role
            : throw new UserException($"'{name}' is no role: expected {string.Join(", ", All)}");

    public static string Of(NodeType role) => Names.First(n => n.Role == role).Name;

    public static ushort DefaultPort(DefaultPorts ports, NodeType role) => role switch
    {
        NodeType.FullNode => ports.FullNode,
        NodeType.Farmer => ports.Farmer,
        NodeType.Harvester => ports.Harvester,
        NodeType.Timelord => ports.Timelord,
        _ => ports.Introducer,
    };
}
