using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Clusters;
using Chia.Grains.Effects;
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
internal sealed class FullNodeGrain : RoleGrain, IFullNodeGrain
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    private readonly NetworkDefinition _network;
    private readonly FullNodeOptions _options;
    private readonly IValidators _validators;
    private readonly TimeProvider _time;
    private readonly ILogger<FullNodeGrain> _log;
    private FullNodeRole _role = null!;

    /// <param name="network">The network.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="validators">Context-free checks.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    public FullNodeGrain(
        NetworkDefinition network, IOptions<FullNodeOptions> options, IValidators validators, TimeProvider time,
        ILogger<FullNodeGrain> log)
        : base(Role.FullNode, log)
    {
        _validators = validators;
        _network = network;
        _options = options.Value;
        _time = time;
        _log = log;
    }

    private protected override IRoleLogic Logic => _role;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var node = this.Node();
        _role = new FullNodeRole(new FullNodeServices(
            GrainFactory.GetGrain<IBlockchainGrain>(NodeKey.Of(node)),
            _validators,
            GrainFactory.GetGrain<ISyncGrain>(NodeKey.Of(node)),
            GrainFactory.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(node, Role.FullNode)),
            _network,
            _options,
            _time,
            _log));
        try
        {
            await _role.Begin();
        }
        catch (Exception error) when (ClusterMoves.Explains(error))
        {
            // Whoever called has not been heard, and is to call again: a peer's message that fails otherwise is taken for handled.
            throw new SiloUnavailableException($"the chain does not answer here yet: {error.Message}", error);
        }

        TickEvery(TickInterval);
    }

    /// <inheritdoc/>
    public async Task<OutboundMessage[]> Announce(Role role) =>
        [.. (await _role.Announce(role)).OfType<RoleEffect.Broadcast>().Select(b => OutboundMessage.Of(b.To, b.Message))];

    /// <inheritdoc/>
    public async Task SyncFinished(LeftoverTip[] leftovers) => await Effects.Run(await _role.SyncFinished(leftovers), origin: null);

    /// <inheritdoc/>
    public Task<FullNodeStatus> GetStatus() => Task.FromResult(_role.Status());
}
