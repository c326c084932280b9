namespace Chia.GrainInterfaces.Roles;

/// <summary>The harvester (ROLES.md 4); key: the node's name.</summary>
[Alias("chia.IHarvesterGrain")]
public interface IHarvesterGrain : IRoleGrain
{
    /// <summary>What it is at.</summary>
    [Alias("GetStatus")]
    Task<HarvesterStatus> GetStatus();
}
