namespace Chia.Grains.Placement;

/// <summary>What a silo may be given to do (CLUSTER 2). A grain that needs a role lives on silos that have it, and nowhere else.</summary>
public enum SiloRole
{
    /// <summary>Directories, broadcasts, full nodes and their chains.</summary>
    Chain,

    /// <summary>Proofs are checked here.</summary>
    Validator,

    /// <summary>Farmers: the only place of their keys.</summary>
    Farmer,

    /// <summary>Harvesters: the hosts of the plots.</summary>
    Harvester,

    /// <summary>Timelords, whole cores of them.</summary>
    Timelord,

    /// <summary>Introducers.</summary>
    Introducer,
}

/// <summary>The words that stand for the roles in options, in what silos tell each other, and in reports.</summary>
public static class SiloRoleNames
{
    /// <summary>All roles: what the one silo of a process has.</summary>
    public static IReadOnlyList<SiloRole> All { get; } = Enum.GetValues<SiloRole>();

    /// <summary>The role's word.</summary>
    public static string Of(SiloRole role) => role.ToString().ToLowerInvariant();

    /// <summary>Reads the word of a role.</summary>
    public static bool TryParse(string name, out SiloRole role)
    {
        role = All.FirstOrDefault(known => Of(known) == name);
        return Of(role) == name;
    }
}
