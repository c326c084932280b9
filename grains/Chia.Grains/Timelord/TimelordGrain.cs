using Chia.GrainInterfaces.Roles;
using Chia.Grains.Effects;
using Chia.Grains.Placement;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace Chia.Grains.Timelord;

/// <summary>The grain around <see cref="TimelordRole"/>: reads in its turns what the evaluations tell.</summary>
[Reentrant] // The end of an evaluation is waited for; announcements are not kept waiting by it.
[KeepAlive]
[NeedsRole(SiloRole.Timelord)]
[WithItsNode]
[Immovable]
internal sealed class TimelordGrain : RoleGrain, ITimelordGrain
{
    /// <summary>As the reference's; new work does not wait for it.</summary>
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(0.5);

    private readonly ILogger<TimelordGrain> _log;
    private readonly Evaluations _evaluations;
    private readonly TimelordRole _role;
    private bool _isEnding;

    /// <param name="network">The network.</param>
    /// <param name="options">Slots and bounds, and whom it lets in.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    /// <exception cref="ArgumentOutOfRangeException">The witness type is not 0, 1, 2 or 3.</exception>
    public TimelordGrain(NetworkDefinition network, IOptions<TimelordOptions> options, TimeProvider time, ILogger<TimelordGrain> log)
        : base(Role.Timelord, log)
    {
        _log = log;
        _evaluations = new Evaluations(network.Constants.DiscriminantSizeBits, options.Value.ForEvaluator(time), log);
        _role = new TimelordRole(
            new TimelordScheduler(options.Value, network.Constants, time), _evaluations, options.Value.AcceptFrom, log);
    }

    private protected override IRoleLogic Logic => _role;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        TickEvery(TickInterval);
        _ = ReadNotes();
        return Task.CompletedTask;
    }

    /// <summary>Ends the evaluations; their threads have ended when it completes.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _isEnding = true;
        await base.OnDeactivateAsync(reason, cancellationToken);
        await _evaluations.Stop(cancellationToken);
    }

    /// <inheritdoc/>
    public Task<TimelordStatus> GetStatus() => Task.FromResult(_role.Status());

    /// <summary>Runs as long as the grain, in its turns: begun in one of them, it comes back to them after every wait.</summary>
    private async Task ReadNotes()
    {
        await foreach (var note in _evaluations.Notes)
        {
            // Nothing is begun any more once everything was told to end.
            if (_isEnding)
                return;
            try
            {
                await Effects.Run(EffectsOf(note), origin: null);
            }
            catch (Exception error)
            {
                TimelordLog.UpkeepFailed(_log, error);
            }
        }
    }

    private List<RoleEffect> EffectsOf(EvaluationNote note)
    {
        var where = note.Evaluation.Progress;
        switch (note)
        {
            case EvaluationNote.Proved proved:
                return _role.Proved(where, proved.Proof);
            case EvaluationNote.Ended ended:
                _evaluations.Remove(ended.Evaluation);
                _role.Ended(where, ended.Failure);
                return [];
            default:
                throw new InvalidOperationException($"no such note: {note}");
        }
    }
}
