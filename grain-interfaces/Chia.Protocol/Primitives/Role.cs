namespace Chia.Protocol.Primitives;

/// <summary>Role of a process on the wire (PROTOCOL.md 3.1). 0 is no role.</summary>
public enum Role : byte
{
    /// <summary>No role; never valid on the wire.</summary>
    None = 0,

    /// <summary>Full node.</summary>
    FullNode = 1,

    /// <summary>Harvester.</summary>
    Harvester = 2,

    /// <summary>Farmer.</summary>
    Farmer = 3,

    /// <summary>Timelord.</summary>
    Timelord = 4,

    /// <summary>Introducer.</summary>
    Introducer = 5,
}
