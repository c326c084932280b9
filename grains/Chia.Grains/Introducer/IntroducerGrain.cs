using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Grains.Effects;
using Chia.Grains.Placement;
using Chia.Grains.Work;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chia.Grains.Introducer;

/// <summary>The grain around <see cref="IntroducerRole"/>.</summary>
/// <param name="options">How much it tells.</param>
/// <param name="log">The log.</param>
[KeepAlive]
[NeedsRole(SiloRole.Introducer)]
[WithItsNode]
internal sealed class IntroducerGrain(IOptions<IntroducerOptions> options, ILogger<IntroducerGrain> log)
    : RoleGrain(Role.Introducer, log), IIntroducerGrain
{
    private IntroducerRole _role = null!;

    private protected override IRoleLogic Logic => _role;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var directory = GrainFactory.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(this.Node(), Role.Introducer));
        _role = new IntroducerRole(directory, options.Value);
        return Task.CompletedTask;
    }
}
