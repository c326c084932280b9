using Orleans.Metadata;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Chia.Grains.Placement;

/// <summary>The role that a grain needs, as Orleans hands it from silo to silo.</summary>
internal sealed class RoleFilter : PlacementFilterStrategy
{
    private const string Property = "role";

    /// <summary>For Orleans, which then calls <see cref="AdditionalInitialize"/>.</summary>
    public RoleFilter()
        : this(default)
    {
    }

    public RoleFilter(SiloRole role)
        : base(order: 0) => Role = role;

    public SiloRole Role { get; private set; }

    public override void AdditionalInitialize(GrainProperties properties) =>
        Role = GetPlacementFilterGrainProperty(Property, properties) is { } name && SiloRoleNames.TryParse(name, out var role)
            ? role
            : throw new InvalidOperationException("a grain needs a role and does not say which");

    protected override IEnumerable<KeyValuePair<string, string>> GetAdditionalGrainProperties(
        IServiceProvider services, Type grainClass, GrainType grainType, IReadOnlyDictionary<string, string> existingProperties) =>
        [KeyValuePair.Create(Property, SiloRoleNames.Of(Role))];
}

/// <summary>Leaves those silos that have the role and serve the node.</summary>
internal sealed class RoleFilterDirector(SiloRoles roles) : IPlacementFilterDirector
{
    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        var role = ((RoleFilter)filterStrategy).Role;
        var node = NodeOfGrain.Of(target.GrainIdentity);
        return silos.Where(silo => roles.Has(silo, role) && roles.Serves(silo, node));
    }
}

/// <summary>
/// The grain lives only on silos that have a role, and serve its node. Orleans' own filter compares with the caller's silo, which a
/// gateway lacks.
/// </summary>
/// <param name="role">The role.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NeedsRoleAttribute(SiloRole role) : PlacementFilterAttribute(new RoleFilter(role));
