using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Grains.Effects;
using Chia.Grains.Work;
using Chia.Protocol.Blocks;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Timelord;

/// <summary>
/// The timelord (ROLES.md 5): hands messages to <see cref="TimelordScheduler"/> and its orders to the evaluations, at once and without a
/// pause, since the scheduler relies on it being done.
/// </summary>
/// <param name="scheduler">Who gets a slot.</param>
/// <param name="evaluations">The slots.</param>
/// <param name="access">Whom it lets in.</param>
/// <param name="log">The log.</param>
internal sealed class TimelordRole(TimelordScheduler scheduler, IEvaluations evaluations, PeerAccess access, ILogger log) : IRoleLogic
{
    /// <inheritdoc/>
    public Task<List<RoleEffect>> Connected(PeerConnection peer)
    {
        if (!access.Admits(peer))
        {
            AccessLog.Refused(log, peer.Describe(), peer.LocalRole);
            return Task.FromResult<List<RoleEffect>>([new RoleEffect.Close(peer)]);
        }

        if (peer.PeerRole != Role.FullNode)
            return Task.FromResult<List<RoleEffect>>([]);

        // A full node tells its challenges when a connection begins, and the next with the next block.
        if (peer.IsToldAgain && !scheduler.Knows(peer.ConnectionId))
            return Task.FromResult<List<RoleEffect>>([new RoleEffect.Close(peer)]);
        scheduler.Connected(peer.ConnectionId, peer.IsConfigured);
        return Task.FromResult<List<RoleEffect>>([]);
    }

    /// <inheritdoc/>
    public Task<List<RoleEffect>> Handle(PeerConnection peer, Message message, CancellationToken cancellation = default) =>
        Task.FromResult<List<RoleEffect>>(message switch
        {
            // If the grain has moved to another machine since, the full node starts over, and announces its challenges again.
            _ when !scheduler.Knows(peer.ConnectionId) => [new RoleEffect.Close(peer)],
            ChallengeStartMessage m => ChallengeStart(peer, m),
            ProofOfSpaceInfoMessage m => ProofOfSpaceInfo(peer, m),
            _ => [new RoleEffect.Penalise(peer, Blame.Breach($"sent {message.Function} to a timelord"))],
        });

    /// <inheritdoc/>
    public Task<List<RoleEffect>> Disconnected(PeerConnection peer)
    {
        scheduler.Disconnected(peer.ConnectionId);
        return Task.FromResult<List<RoleEffect>>([]);
    }

    /// <inheritdoc/>
    public Task<List<RoleEffect>> Tick()
    {
        NoteProgress();
        evaluations.CarryOut(scheduler.Tick());
        return Task.FromResult<List<RoleEffect>>([]);
    }

    /// <summary>An evaluation made a proof and verified it.</summary>
    public List<RoleEffect> Proved(EvaluationProgress where, ProofOfTime proof)
    {
        Note(where);
        TimelordLog.Proved(log, where.Challenge, proof.NumberOfIterations, where.IterationsPerSecond);
        evaluations.CarryOut(scheduler.Proved(where.Evaluation, proof, out var isWanted));
        return isWanted ? [new RoleEffect.Broadcast(Role.FullNode, new ProofOfTimeFinishedMessage(proof))] : [];
    }

    /// <summary>An evaluation has ended, and is used no more.</summary>
    /// <param name="where">How far it came.</param>
    /// <param name="failure">Why, if nobody wanted it.</param>
    public void Ended(EvaluationProgress where, Exception? failure)
    {
        Note(where);
        if (failure is not null)
            TimelordLog.Failed(log, failure, where.Challenge, where.Iterations);
        else
            TimelordLog.Stopped(log, where.Challenge, where.Iterations);
        evaluations.CarryOut(scheduler.Ended(where.Evaluation, failure is not null));
    }

    public TimelordStatus Status()
    {
        NoteProgress();
        return scheduler.Status();
    }

    private List<RoleEffect> ChallengeStart(PeerConnection node, ChallengeStartMessage message)
    {
        TimelordLog.Announced(log, message.ChallengeHash, message.Weight);
        NoteProgress();
        evaluations.CarryOut(scheduler.ChallengeStarted(node.ConnectionId, message.ChallengeHash, message.Weight));
        return [];
    }

    private List<RoleEffect> ProofOfSpaceInfo(PeerConnection node, ProofOfSpaceInfoMessage message)
    {
        TimelordLog.Wanted(log, message.ChallengeHash, message.IterationsNeeded);
        NoteProgress();
        evaluations.CarryOut(scheduler.IterationsNeeded(node.ConnectionId, message.ChallengeHash, message.IterationsNeeded, out var made));
        return made is null ? [] : [new RoleEffect.Send(node, new ProofOfTimeFinishedMessage(made))];
    }

    private void NoteProgress()
    {
        foreach (var where in evaluations.Progress)
            Note(where);
    }

    private void Note(EvaluationProgress where) => scheduler.Progressed(where.Evaluation, where.Iterations, where.IterationsPerSecond);
}
