namespace Chia.GrainInterfaces.Roles;

/// <summary>The farmer (ROLES.md 3); key: the node's name.</summary>
[Alias("chia.IFarmerGrain"), Version(1)]
public interface IFarmerGrain : IRoleGrain
{
    /// <summary>What it is at.</summary>
    [Alias("GetStatus"), ReadOnly, ResponseTimeout(AnswerTime.Memory)]
    Task<FarmerStatus> GetStatus();

    /// <summary>The newest challenges, newest first, at most so many.</summary>
    [Alias("GetChallenges"), ReadOnly, ResponseTimeout(AnswerTime.Memory)]
    Task<FarmerChallengeView[]> GetChallenges(int most);
}
