namespace Chia.Grains.Placement;

/// <summary>What a silo may be given to do (CLUSTER 2). A grain that needs a role lives on silos that have it, and nowhere else.</summary>
public static class SiloRole
{
    /// <summary>Directories, broadcasts, full nodes and their chains.</summary>
    public const string Chain = "chain";

    /// <summary>Proofs are checked here.</summary>
    public const string Validator = "validator";

    /// <summary>Farmers: the only place of their keys.</summary>
    public const string Farmer = "farmer";

    /// <summary>Harvesters: the hosts of the plots.</summary>
    public const string Harvester = "harvester";

    /// <summary>Timelords, whole cores of them.</summary>
    public const string Timelord = "timelord";

    /// <summary>Introducers.</summary>
    public const string Introducer = "introducer";

    /// <summary>All of them: what a silo has that names none.</summary>
    public static IReadOnlyList<string> All { get; } = [Chain, Validator, Farmer, Harvester, Timelord, Introducer];
}
