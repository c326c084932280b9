namespace Chia.GrainInterfaces.Roles;

/// <summary>The introducer (ROLES.md 7); key: the node's name.</summary>
[Alias("chia.IIntroducerGrain"), Version(1)]
public interface IIntroducerGrain : IRoleGrain
{
}
