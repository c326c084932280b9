using Chia.GrainInterfaces.Roles;
using Chia.Grains.Effects;
using Chia.Grains.Placement;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace Chia.Grains.Harvester;

/// <summary>The grain around <see cref="HarvesterRole"/>.</summary>
[Reentrant] // A drive that sleeps keeps one plot waiting, not the farmer's other requests.
[KeepAlive]
[NeedsRole(SiloRole.Harvester)]
[WithItsNode]
[Immovable]
internal sealed class HarvesterGrain : RoleGrain, IHarvesterGrain, IDisposable
{
    private readonly TimeSpan _rescanInterval;
    private readonly HarvesterRole _role;

    /// <param name="source">The list of plots.</param>
    /// <param name="opener">Opens their files.</param>
    /// <param name="options">Bounds, and whom it lets in.</param>
    /// <param name="threads">Where plots are read and headers signed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    public HarvesterGrain(
        IPlotSource source,
        IPlotOpener opener,
        IOptions<HarvesterOptions> options,
        HarvesterThreads threads,
        TimeProvider time,
        ILogger<HarvesterGrain> log)
        : base(Role.Harvester, log)
    {
        _rescanInterval = options.Value.RescanInterval;
        _role = new HarvesterRole(source, opener, options.Value, threads, time, log);
    }

    private protected override IRoleLogic Logic => _role;

    /// <inheritdoc/>
    public Task<HarvesterStatus> GetStatus() => Task.FromResult(_role.Status());

    /// <inheritdoc/>
    public Task<PlotView[]> GetPlots() => Task.FromResult(_role.Plots());

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        TickEvery(_rescanInterval, interleaves: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Dispose();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <summary>Closes the plots, and waits for none of them.</summary>
    public void Dispose() => _role.Dispose();
}
