using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Silo.Configuration;

namespace Chia.Silo.Node;

/// <summary>Roles by the names that the command line and the configuration use.</summary>
internal static class RoleNames
{
    private static readonly (string Name, Role Role)[] Names =
    [
        (ConfigSchema.FullNode, Role.FullNode),
        (ConfigSchema.Farmer, Role.Farmer),
        (ConfigSchema.Harvester, Role.Harvester),
        (ConfigSchema.Timelord, Role.Timelord),
        (ConfigSchema.Introducer, Role.Introducer),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Names.Select(n => n.Name)];

    public static Role Parse(string name) =>
        Names.FirstOrDefault(n => n.Name == name) is { Name: not null } found
            ? found.Role
            : throw new UserException(
                $"'{name}' is no role: expected one or several of {string.Join(", ", All)}, as in: chia start full_node farmer");

    public static string Of(Role role) => Names.First(n => n.Role == role).Name;

    public static ushort DefaultPort(DefaultPorts ports, Role role) => role switch
    {
        Role.FullNode => ports.FullNode,
        Role.Farmer => ports.Farmer,
        Role.Harvester => ports.Harvester,
        Role.Timelord => ports.Timelord,
        _ => ports.Introducer,
    };
}
