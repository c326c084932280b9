using Chia.Consensus.Validation;
using Chia.GrainInterfaces.Roles;
using Chia.Grains.Effects;
using Chia.Grains.Placement;
using Chia.Grains.Work;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chia.Grains.Farmer;

/// <summary>The grain around <see cref="FarmerRole"/>.</summary>
[Reentrant] // Nobody waits for another's proof.
[KeepAlive]
[NeedsRole(SiloRole.Farmer)]
[WithItsNode]
internal sealed class FarmerGrain : RoleGrain, IFarmerGrain
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(5);

    private readonly FarmerRole _role;

    /// <param name="network">The network.</param>
    /// <param name="keys">Pools and targets.</param>
    /// <param name="options">Thresholds and bounds.</param>
    /// <param name="proofs">Verifies proofs of space.</param>
    /// <param name="threads">Where cryptography is computed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    public FarmerGrain(
        NetworkDefinition network,
        FarmerKeys keys,
        IOptions<FarmerOptions> options,
        IProofVerifier proofs,
        FarmerThreads threads,
        TimeProvider time,
        ILogger<FarmerGrain> log)
        : base(Role.Farmer, log)
    {
        var state = new FarmerState(options.Value, network.Constants, keys.Identity, time);
        _role = new FarmerRole(state, new FarmerCryptography(proofs, keys, network.Constants), threads, options.Value.AcceptFrom, log);
    }

    private protected override IRoleLogic Logic => _role;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        TickEvery(TickInterval);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<FarmerStatus> GetStatus() => Task.FromResult(_role.Status());

    /// <inheritdoc/>
    public Task<FarmerChallengeView[]> GetChallenges(int most) => Task.FromResult(_role.NewestChallenges(most));
}

/// <summary>Where a farmer verifies proofs and signatures and signs coinbases: a few milliseconds each, a few dozen a block at
/// most.</summary>
public sealed class FarmerThreads : WorkThreads
{
    /// <summary>Starts the threads.</summary>
    /// <param name="count">How many; 0 for one a core, at most four.</param>
    public FarmerThreads(int count = 0)
        : base("farmer", count > 0 ? count : Math.Min(Environment.ProcessorCount, 4))
    {
    }
}
