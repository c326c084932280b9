using Orleans.Placement;

namespace Chia.Grains.Placement;

/// <summary>
/// The grain lives only on silos that have a role, and serve its node. Orleans' own filter compares with the caller's silo, which a
/// gateway lacks.
/// </summary>
/// <param name="role">One of <see cref="SiloRole"/>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsRoleAttribute(string role) : PlacementFilterAttribute(new RoleFilter(role))
{
    /// <summary>The role.</summary>
    public string Role { get; } = role;
}
