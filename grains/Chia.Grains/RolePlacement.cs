using Chia.Grains.Clusters;
using Chia.Grains.Placement;
using Chia.Grains.Validation;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Placement;
using Orleans.Runtime.Hosting;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace Chia.Grains;

/// <summary>Gives a silo its roles.</summary>
public static class RolePlacement
{
    /// <summary>The silo tells its roles, places grains by those of all silos, and checks proofs if it is one of its roles.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="roles">Its roles.</param>
    /// <param name="nodes">The nodes it serves; none for all.</param>
    public static ISiloBuilder UseRoles(
        this ISiloBuilder silo, IReadOnlyCollection<SiloRole> roles, params IReadOnlyCollection<NodeName> nodes)
    {
        var description = SiloRoles.Describe(roles, nodes);
        return silo.UseSiloMetadata(description).Use(roles, description);
    }

    /// <summary>A silo that has no others has all roles, and neither tells them nor asks for any: Orleans would send itself a message for
    /// it, a fortieth of a start.</summary>
    public static ISiloBuilder UseAllRolesAlone(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<ISiloMetadataCache, NoOthers>();
        return silo.Use(SiloRoleNames.All, SiloRoles.Describe(SiloRoleNames.All, []));
    }

    private static ISiloBuilder Use(
        this ISiloBuilder silo, IReadOnlyCollection<SiloRole> roles, IReadOnlyDictionary<string, string> description)
    {
        silo.Services.AddSingleton(new OwnRoles(description));
        silo.Services.AddSingleton<SiloRoles>();
        // One for each kind of grain: Orleans tells each its role once, and a shared one would have the role of whoever came last.
        silo.Services.AddPlacementFilter<RoleFilter, RoleFilterDirector>(ServiceLifetime.Transient);
        silo.Services.AddPlacementDirector<NodePlacement, NodePlacementDirector>();
        silo.AddGrainService<SiloService>();
        silo.Services.AddSingleton<SiloServices>();
        silo.Services.AddSingleton<ValidatorLoad>();
        silo.Services.AddSingleton<ValidatorServices>();
        silo.Services.AddSingleton<IValidators>(services => new ValidatorsOfSilos(
            services.GetRequiredService<ValidatorLoad>(), services.GetRequiredService<ValidatorServices>().Of));
        if (roles.Contains(SiloRole.Validator))
            silo.AddGrainService<ValidatorService>();
        return silo;
    }

    /// <summary>What the others have told.</summary>
    private sealed class NoOthers : ISiloMetadataCache
    {
        public SiloMetadata GetSiloMetadata(SiloAddress siloAddress) => SiloMetadata.Empty;
    }
}
