using Chia.Grains.Chain;
using Chia.Grains.Effects;

namespace Chia.Grains.Farmer;

/// <content>The way out when no plot answers the tips (DECISIONS 16; OPERATIONS.md 1).</content>
internal sealed partial class FarmerState
{
    /// <summary>Challenges put to the harvesters again in one step: a look-up of a small farm, and only small farms come here, takes
    /// milliseconds.</summary>
    private const int MaxAskedAtOnce = 8;

    private TimeSpan Pause => DeadEnd.PauseOf(_constants);

    /// <summary>No plot of ours has answered a tip for the pause: challenges below the tips are followed as if they were tips.</summary>
    private bool IsLeavingDeadEnd() => Elapsed(_movedAt) >= Pause && _harvesters.Count > 0 && !HasHope();

    /// <summary>The heaviest challenges have an answer whose block may still come.</summary>
    private bool HasHope() =>
        Current().Exists(c => c.Qualities.Values.Any(
            q => !q.IsGivenUp && Elapsed(q.AskedAt) < Pause + TimeSpan.FromSeconds(Math.Min(SecondsOf(q), _options.PropagateThreshold))));

    private void NoteProgress()
    {
        if (CurrentWeight <= _heaviestSeen)
            return;
        _heaviestSeen = CurrentWeight;
        _movedAt = _time.GetTimestamp();
    }

    /// <summary>
    /// One step at a time, newest first: a challenge that was not put to the harvesters lately is, as plots may have come since; and the
    /// best answer in reserve to the newest challenge that has one becomes a sibling of the block in the dead end. The next step waits for
    /// what may come of it.
    /// </summary>
    private List<RoleEffect> LeaveDeadEnd()
    {
        var current = Current();
        var isDeadEnd = current.Count > 0 && _harvesters.Count > 0 && !HasHope()
            && current.TrueForAll(c => c.AskedAt is { } at && Elapsed(at) >= _options.DeadEndAfter)
            && !(_steppedAt is { } stepped && Elapsed(stepped) < _stepTime);
        if (!isDeadEnd)
            return [];
        var isPaused = Elapsed(_movedAt) >= Pause;
        var newestFirst = _challenges.Values.Where(c => c.Announcers.Count > 0).OrderByDescending(c => c.Weight)
            .ThenByDescending(c => c.Since).ToList();
        var effects = new List<RoleEffect>();
        var asked = 0;
        foreach (var challenge in newestFirst)
        {
            var isTip = newestFirst.Count(c => c.Weight > challenge.Weight) < _constants.NumberOfHeads;
            if (!isTip && !isPaused)
                break;
            if (asked < MaxAskedAtOnce && IsWorthAsking(challenge, isPaused))
            {
                asked++;
                effects.AddRange(Ask(challenge));
            }

            if (FollowReserve(challenge) is not { } request)
                continue;
            effects.Add(request);
            _stepTime = isPaused ? TimeSpan.FromSeconds(_constants.BlockTimeTarget) : _options.DeadEndAfter;
            _steppedAt = _time.GetTimestamp();
            break;
        }

        return effects;
    }

    /// <summary>Never put to the harvesters, or to none that answered, as it was announced before they came; below the tips also to those
    /// whose plots have changed since.</summary>
    private bool IsWorthAsking(FarmerChallenge challenge, bool isPaused) =>
        challenge.AskedAt is not { } asked || (Elapsed(asked) >= _options.AskAgainAfter && (isPaused || !challenge.HasAnswer));

    /// <summary>Follows up the best answer in reserve whose harvester is connected; null if there is none. A quality that a harvester gave
    /// as the answer to another challenge as well is followed up there, if at all: one of the two answers is a lie.</summary>
    private RoleEffect.Send? FollowReserve(FarmerChallenge challenge)
    {
        var usable = challenge.Reserve.Where(r => _harvesters.ContainsKey(r.Value.Harvester) && !_qualities.ContainsKey(r.Key)).ToList();
        if (usable.Count == 0)
            return null;
        var (hash, answer) = usable.MinBy(r => r.Value.Iterations);
        return FollowUp(_harvesters[answer.Harvester], challenge, hash, answer.Iterations);
    }
}
