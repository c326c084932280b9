using System.Threading.Channels;
using Chia.Cryptography.ClassGroups.Evaluation;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Grains.Broadcast;
using Chia.Grains.Placement;
using Chia.Grains.Work;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace Chia.Grains.Timelord;

/// <summary>
/// The timelord (ROLES.md 5): hands messages to <see cref="TimelordScheduler"/> and does what it asks. Evaluations run on threads of their own;
/// what they tell comes back through a channel that is read in this grain's turns.
/// </summary>
[Reentrant] // A new tip must not wait while a proof is on its way to the full nodes.
[KeepAlive]
[NeedsRole(SiloRole.Timelord)]
[WithItsNode]
[Immovable]
public sealed class TimelordGrain : Grain, ITimelordGrain
{
    private readonly Guid _activation = Guid.NewGuid();
    /// <summary>As the reference's; new work does not wait for it.</summary>
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(0.5);

    private readonly int _discriminantBits;
    private readonly VdfEvaluatorOptions _evaluatorOptions;
    private readonly ILogger<TimelordGrain> _log;
    private readonly TimelordScheduler _scheduler;
    private readonly PeerAccess _access;
    private readonly Dictionary<long, EvaluationThread> _evaluations = [];
    private readonly Channel<EvaluationNote> _notes =
        Channel.CreateUnbounded<EvaluationNote>(new UnboundedChannelOptions { SingleReader = true });

    private bool _isEnding;

    /// <summary>Created by the engine.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The witness type is not 0, 1, 2 or 3.</exception>
    public TimelordGrain(NetworkDefinition network, IOptions<TimelordOptions> options, TimeProvider time, ILogger<TimelordGrain> log)
    {
        _discriminantBits = network.Constants.DiscriminantSizeBits;
        _evaluatorOptions = options.Value.ForEvaluator(time);
        _log = log;
        _access = options.Value.AcceptFrom;
        _scheduler = new TimelordScheduler(options.Value, network.Constants, time);
    }

    /// <inheritdoc/>
    public Task<Guid> Beat() => Task.FromResult(_activation);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(TickInterval, TickInterval) { KeepAlive = true });
        _ = ReadNotes();
        return Task.CompletedTask;
    }

    /// <summary>Ends the evaluations; their threads have ended when it completes.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _isEnding = true;
        _notes.Writer.TryComplete();
        var evaluations = _evaluations.Values.ToList();
        foreach (var evaluation in evaluations)
            evaluation.Stop();
        await Task.WhenAll(evaluations.Select(e => e.Completion)).WaitAsync(cancellationToken);
        foreach (var evaluation in evaluations)
            evaluation.Dispose();
    }

    /// <inheritdoc/>
    public Task<HandlerResult> Connected(PeerConnection peer)
    {
        if (!_access.Admits(peer))
        {
            AccessLog.Refused(_log, peer.Describe(), peer.LocalRole);
            return Task.FromResult(HandlerResult.Send(OutboundMessage.CloseOrigin));
        }

        if (peer.PeerRole == Role.FullNode)
            _scheduler.Connected(peer.ConnectionId, peer.IsConfigured);
        return Task.FromResult(HandlerResult.Nothing);
    }

    /// <inheritdoc/>
    public Task Disconnected(PeerConnection peer)
    {
        _scheduler.Disconnected(peer.ConnectionId);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<TimelordStatus> GetStatus()
    {
        NoteProgress();
        return Task.FromResult(_scheduler.Status());
    }

    /// <inheritdoc/>
    public async Task<HandlerResult> Handle(PeerConnection peer, PeerMessage message, CancellationToken cancellation) => message.Message switch
    {
        // This grain has moved to another machine since: the full node starts over, and announces its challenges again.
        _ when !_scheduler.Knows(peer.ConnectionId) => HandlerResult.Send(OutboundMessage.CloseOrigin),
        ChallengeStartMessage m => await ChallengeStart(peer, m),
        ProofOfSpaceInfoMessage m => await ProofOfSpaceInfo(peer, m),
        _ => HandlerResult.Of(Blame.Breach($"sent {message.Message.Function} to a timelord")),
    };

    private async Task<HandlerResult> ChallengeStart(PeerConnection node, ChallengeStartMessage message)
    {
        TimelordLog.Announced(_log, message.ChallengeHash, message.Weight);
        NoteProgress();
        await Carry(_scheduler.ChallengeStarted(node.ConnectionId, message.ChallengeHash, message.Weight));
        return HandlerResult.Nothing;
    }

    private async Task<HandlerResult> ProofOfSpaceInfo(PeerConnection node, ProofOfSpaceInfoMessage message)
    {
        TimelordLog.Wanted(_log, message.ChallengeHash, message.IterationsNeeded);
        NoteProgress();
        await Carry(_scheduler.IterationsNeeded(node.ConnectionId, message.ChallengeHash, message.IterationsNeeded, out var made));
        return made is null ? HandlerResult.Nothing : HandlerResult.Send(Finished(Delivery.Respond, made));
    }

    private async Task Tick(CancellationToken cancellation)
    {
        try
        {
            NoteProgress();
            await Carry(_scheduler.Tick());
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            TimelordLog.UpkeepFailed(_log, error);
        }
    }

    /// <summary>Runs as long as the grain, in its turns: begun in one of them, it comes back to them after every wait.</summary>
    private async Task ReadNotes()
    {
        await foreach (var note in _notes.Reader.ReadAllAsync())
        {
            // Nothing is begun any more once everything was told to end.
            if (_isEnding)
                return;
            try
            {
                await Carry(Heed(note));
            }
            catch (Exception error)
            {
                TimelordLog.UpkeepFailed(_log, error);
            }
        }
    }

    private IReadOnlyList<TimelordEffect> Heed(EvaluationNote note)
    {
        var evaluation = note.Evaluation;
        var progress = evaluation.Progress;
        _scheduler.Progressed(evaluation.Id, progress.Iterations, progress.IterationsPerSecond);
        switch (note)
        {
            case EvaluationNote.Proved proved:
                TimelordLog.Proved(_log, evaluation.Challenge, proved.Proof.NumberOfIterations, progress.IterationsPerSecond);
                return _scheduler.Proved(evaluation.Id, proved.Proof);
            case EvaluationNote.Ended ended:
                if (ended.Failure is { } failure)
                    TimelordLog.Failed(_log, failure, evaluation.Challenge, progress.Iterations);
                else
                    TimelordLog.Stopped(_log, evaluation.Challenge, progress.Iterations);
                _evaluations.Remove(evaluation.Id);
                evaluation.Dispose();
                return _scheduler.Ended(evaluation.Id, ended.Failure is not null);
            default:
                throw new InvalidOperationException($"no such note: {note}");
        }
    }

    private void NoteProgress()
    {
        foreach (var evaluation in _evaluations.Values)
        {
            var progress = evaluation.Progress;
            _scheduler.Progressed(evaluation.Id, progress.Iterations, progress.IterationsPerSecond);
        }
    }

    private async Task Carry(IReadOnlyList<TimelordEffect> effects)
    {
        // All that concerns evaluations first, without a pause: the scheduler relies on it being done.
        foreach (var effect in effects)
            Direct(effect);
        foreach (var send in effects.OfType<TimelordEffect.Send>())
            await Send(send.Proof);
    }

    private void Direct(TimelordEffect effect)
    {
        switch (effect)
        {
            case TimelordEffect.Start start:
                TimelordLog.Started(_log, start.Challenge);
                var evaluator = new VdfEvaluator(start.Challenge, _discriminantBits, _evaluatorOptions);
                var evaluation = new EvaluationThread(start.Evaluation, start.Challenge, evaluator, _notes.Writer);
                _evaluations.Add(start.Evaluation, evaluation);
                evaluation.Start();
                break;
            case TimelordEffect.Prove prove:
                _evaluations[prove.Evaluation].Prove(prove.Iterations);
                break;
            case TimelordEffect.SquareAhead ahead:
                _evaluations[ahead.Evaluation].SquareAhead(ahead.Iterations);
                break;
            case TimelordEffect.Stop stop:
                _evaluations[stop.Evaluation].Stop();
                break;
            case TimelordEffect.GiveUp given:
                TimelordLog.GivenUp(_log, given.Challenge);
                break;
        }
    }

    private async Task Send(ProofOfTime proof)
    {
        try
        {
            var message = Finished(Delivery.Broadcast, proof);
            await Effects.Carry(GrainFactory, this.Node(), Role.Timelord, [message], origin: null);
        }
        catch (Exception error)
        {
            TimelordLog.SendFailed(_log, error, proof.ChallengeHash, proof.NumberOfIterations);
        }
    }

    private static OutboundMessage Finished(Delivery delivery, ProofOfTime proof) =>
        OutboundMessage.Of(Role.FullNode, delivery, new ProofOfTimeFinishedMessage(proof));
}
