namespace Chia.Protocol.Networks;

/// <summary>Default TCP ports (ROLES.md 1).</summary>
public sealed record DefaultPorts
{
    /// <summary>Full node.</summary>
    public ushort FullNode { get; init; } = 8444;

    /// <summary>Introducer.</summary>
    public ushort Introducer { get; init; } = 8445;

    /// <summary>Timelord.</summary>
    public ushort Timelord { get; init; } = 8446;

    /// <summary>Farmer.</summary>
    public ushort Farmer { get; init; } = 8447;

    /// <summary>Harvester.</summary>
    public ushort Harvester { get; init; } = 8448;
}
