namespace Chia.GrainInterfaces.Roles;

/// <summary>The harvester (ROLES.md 4); key: the node's name.</summary>
[Alias("chia.IHarvesterGrain"), Version(1)]
public interface IHarvesterGrain : IRoleGrain
{
    /// <summary>What it is at.</summary>
    [Alias("GetStatus"), ReadOnly, ResponseTimeout(AnswerTime.Memory)]
    Task<HarvesterStatus> GetStatus();

    /// <summary>Its plots.</summary>
    [Alias("GetPlots"), ReadOnly, ResponseTimeout(AnswerTime.Memory)]
    Task<PlotView[]> GetPlots();
}
