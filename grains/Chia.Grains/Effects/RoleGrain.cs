using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Grains.Work;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Effects;

/// <summary>The grain around a role: passes events to its <see cref="IRoleLogic"/>, has <see cref="EffectRunner"/> carry out the effects,
/// and calls it at regular intervals.</summary>
[KeepAlive]
internal abstract class RoleGrain : Grain, IRoleGrain
{
    private readonly Guid _activation = Guid.NewGuid();
    private readonly ILogger _log;
    private readonly Role _role;
    private bool _isDeactivating;
    private EffectRunner? _effects;

    /// <param name="role">Which role.</param>
    /// <param name="log">Its log.</param>
    private protected RoleGrain(Role role, ILogger log) => (_role, _log) = (role, log);

    /// <summary>The role.</summary>
    private protected abstract IRoleLogic Logic { get; }

    private protected EffectRunner Effects => _effects ??= new EffectRunner(
        peer => GrainFactory.GetGrain<IPeerGrain>(peer.GrainKey()),
        to => GrainFactory.GetGrain<IBroadcastGrain>(NodeKey.OfBroadcast(this.Node(), _role, to)),
        _log,
        () => _isDeactivating);

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _isDeactivating = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<Guid> Beat() => Task.FromResult(_activation);

    /// <inheritdoc/>
    public async Task<HandlerResult> Connected(PeerConnection peer) => await Effects.Run(await Logic.Connected(peer), peer);

    /// <inheritdoc/>
    public async Task<HandlerResult> Handle(PeerConnection peer, PeerMessage message, CancellationToken cancellation = default) =>
        await Effects.Run(await Logic.Handle(peer, message.Message, cancellation), peer);

    /// <inheritdoc/>
    public async Task Disconnected(PeerConnection peer) => await Effects.Run(await Logic.Disconnected(peer), origin: null);

    /// <summary>Has the role's <see cref="IRoleLogic.Tick"/> called; to be called once, when the grain is activated.</summary>
    /// <param name="interval">How often.</param>
    /// <param name="interleaves">A tick may take long; messages do not wait for it.</param>
    private protected void TickEvery(TimeSpan interval, bool interleaves = false) =>
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(interval, interval) { KeepAlive = true, Interleave = interleaves });

    private async Task Tick(CancellationToken cancellation)
    {
        try
        {
            await Effects.Run(await Logic.Tick(), origin: null);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            RoleLog.TickFailed(_log, error);
        }
    }
}

internal static partial class RoleLog
{
    [LoggerMessage(1022, LogLevel.Error, "The upkeep of a role failed; it is tried again at the next tick")]
    public static partial void TickFailed(ILogger logger, Exception error);
}
