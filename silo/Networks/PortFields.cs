using Chia.Protocol.Networks;

namespace Chia.Silo.Networks;

/// <summary>The roles' default ports by their names in files.</summary>
internal static class PortFields
{
    public static readonly IReadOnlyList<Field> All =
    [
        new("full_node", p => p.FullNode, (p, v) => p with { FullNode = v }),
        new("introducer", p => p.Introducer, (p, v) => p with { Introducer = v }),
        new("timelord", p => p.Timelord, (p, v) => p with { Timelord = v }),
        new("farmer", p => p.Farmer, (p, v) => p with { Farmer = v }),
        new("harvester", p => p.Harvester, (p, v) => p with { Harvester = v }),
    ];

    internal sealed record Field(string Name, Func<DefaultPorts, ushort> Get, Func<DefaultPorts, ushort, DefaultPorts> Set);
}
