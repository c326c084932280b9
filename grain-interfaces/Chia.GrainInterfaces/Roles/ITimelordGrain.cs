namespace Chia.GrainInterfaces.Roles;

/// <summary>The timelord (ROLES.md 5); key: the node's name.</summary>
[Alias("chia.ITimelordGrain"), Version(1)]
public interface ITimelordGrain : IRoleGrain
{
    /// <summary>What it is at.</summary>
    [Alias("GetStatus"), ResponseTimeout(AnswerTime.Memory)]
    Task<TimelordStatus> GetStatus();
}
