using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Broadcast;
using Chia.Grains.Placement;
using Chia.Grains.Validation;
using Chia.Grains.Work;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Chia.Grains.FullNode;

/// <summary>The full node: hands events to <see cref="FullNodeRole"/> and carries out what it wants done.</summary>
[Reentrant] // A handler waits for proofs; blocks of other peers, and the answers to whoever syncs from us, do not wait for it.
[KeepAlive]
[NeedsRole(SiloRole.Chain)]
[WithItsNode]
public sealed class FullNodeGrain : Grain, IFullNodeGrain
{
    private readonly Guid _activation = Guid.NewGuid();
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    private readonly NetworkDefinition _network;
    private readonly FullNodeOptions _options;
    private readonly IValidators _validators;
    private readonly TimeProvider _time;
    private readonly ILogger<FullNodeGrain> _log;
    private FullNodeRole _role = null!;
    private EffectRunner _effects = null!;

    /// <summary>Created by the engine.</summary>
    public FullNodeGrain(
        NetworkDefinition network, IOptions<FullNodeOptions> options, IValidators validators, TimeProvider time, ILogger<FullNodeGrain> log)
    {
        _validators = validators;
        _network = network;
        _options = options.Value;
        _time = time;
        _log = log;
    }

    /// <inheritdoc/>
    public Task<Guid> Beat() => Task.FromResult(_activation);

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var node = this.Node();
        _effects = new EffectRunner(GrainFactory, node, Role.FullNode, _log);
        _role = new FullNodeRole(new FullNodeServices(
            GrainFactory.GetGrain<IBlockchainGrain>(NodeKey.Of(node)),
            _validators,
            GrainFactory.GetGrain<ISyncGrain>(NodeKey.Of(node)),
            GrainFactory.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(node, Role.FullNode)),
            _network,
            _options,
            _time,
            _log));
        await _role.Begin();
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(TickInterval, TickInterval) { KeepAlive = true });
    }

    /// <inheritdoc/>
    public async Task<HandlerResult> Connected(PeerConnection peer) => await _effects.Run(await _role.Connected(peer), peer);

    /// <inheritdoc/>
    public async Task<HandlerResult> Handle(PeerConnection peer, PeerMessage message, CancellationToken cancellation) =>
        await _effects.Run(await _role.Handle(peer, message.Message, cancellation), peer);

    /// <inheritdoc/>
    public Task Disconnected(PeerConnection peer) => _role.Disconnected(peer);

    /// <inheritdoc/>
    public async Task<OutboundMessage[]> Announce(Role role) =>
        [.. (await _role.Announce(role)).OfType<RoleEffect.Broadcast>().Select(b => OutboundMessage.Of(b.To, Delivery.Broadcast, b.Message))];

    /// <inheritdoc/>
    public async Task SyncFinished(LeftoverTip[] leftovers) => await _effects.Run(await _role.SyncFinished(leftovers), origin: null);

    /// <inheritdoc/>
    public Task<FullNodeStatus> GetStatus() => Task.FromResult(_role.Status());

    private async Task Tick(CancellationToken cancellation)
    {
        try
        {
            await _effects.Run(await _role.Tick(), origin: null);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            FullNodeLog.BackgroundFailed(_log, error);
        }
    }
}
