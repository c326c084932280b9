using Chia.Protocol.Primitives;

namespace Chia.Grains.Timelord;

/// <content>Who gets a slot and who has to go (ROLES.md 5.3, 5.5).</content>
internal sealed partial class TimelordScheduler
{
    /// <summary>Brings the evaluations in line with what is wanted; to be called after every change. Does nothing when nothing has changed.</summary>
    private List<TimelordEffect> Schedule()
    {
        var effects = new List<TimelordEffect>();
        var wanted = Known(_views.Values.SelectMany(v => v.Unsettled));
        wanted.RemoveWhere(c => c.Failures >= MaxFailures);
        foreach (var evaluation in _evaluations.Values.Where(e => !e.IsStopping && !wanted.Contains(e.Challenge)))
            Stop(evaluation, effects);

        // Slots about to be free are for the heaviest that wait, so only the others may send someone else away.
        var freeing = _evaluations.Values.Count(e => e is { IsStopping: true, HoldsSlot: true });
        foreach (var challenge in InOrder(wanted.Where(c => c.Untold.Count > 0 && c.Evaluation is not { IsStopping: true })))
        {
            if (challenge.Evaluation is { HoldsSlot: true } running)
                Tell(running, effects);
            else if (_evaluations.Values.Count(e => e.HoldsSlot) < _slots)
                Tell(challenge.Evaluation ?? Start(challenge, effects), effects);
            else if (freeing > 0)
                freeing--;
            else if (Weakest() is { } weakest && weakest.Challenge.Weight < challenge.Weight)
                Stop(weakest, effects);
        }

        GiveHeadStarts(wanted, effects);
        EndIdle(effects);
        return effects;
    }

    /// <summary>
    /// Slots that nothing to prove takes up are for the heaviest challenges that nothing was proven for: iterations for them come sooner or later,
    /// and find the squarings done. Whoever has something to prove gets the slot at once, as no threads need to end for that.
    /// </summary>
    private void GiveHeadStarts(HashSet<TimelordChallenge> wanted, List<TimelordEffect> effects)
    {
        var spare = Math.Max(0, _slots - _evaluations.Values.Count(e => e.HoldsSlot));
        var chosen = InOrder(wanted.Where(CanBeAhead)).Take(spare).ToList();
        foreach (var evaluation in _evaluations.Values.Where(e => e is { IsAhead: true, IsStopping: false } && !chosen.Contains(e.Challenge)))
            EndHeadStart(evaluation, effects);
        foreach (var challenge in chosen.Where(c => c.Evaluation is not { IsAhead: true }))
        {
            // Those told to stop have threads and memory until they end.
            if (challenge.Evaluation is null && _evaluations.Count >= _slots + _options.MaxIdleEvaluations)
                continue;
            var evaluation = challenge.Evaluation ?? Start(challenge, effects);
            evaluation.IsAhead = true;
            effects.Add(new TimelordEffect.SquareAhead(evaluation.Id, evaluation.HeadStart));
        }
    }

    /// <summary>Nothing was or is to be proven, and the bound is not reached.</summary>
    private bool CanBeAhead(TimelordChallenge challenge) =>
        challenge is { Proofs.Count: 0, Untold.Count: 0, Evaluation: null or { IsStopping: false, HoldsSlot: false } }
        && (challenge.Evaluation?.HasHeadStart ?? HeadStart() > 0);

    /// <summary>The bound of a head start that begins now.</summary>
    private ulong HeadStart()
    {
        var most = Math.Min(_options.HeadStartIterations, TimelordOptions.MaximumIterations);
        return _speed.Mean > 0 ? Math.Min(most, (ulong)(_speed.Mean * _options.HeadStartTime.TotalSeconds)) : most;
    }

    private static void EndHeadStart(TimelordEvaluation evaluation, List<TimelordEffect> effects)
    {
        evaluation.IsAhead = false;
        effects.Add(new TimelordEffect.SquareAhead(evaluation.Id, 0));
    }

    /// <summary>Heaviest first, then first come first served.</summary>
    private static List<TimelordChallenge> InOrder(IEnumerable<TimelordChallenge> challenges) =>
        [.. challenges.OrderByDescending(c => c.Weight).ThenBy(c => c.Order)];

    /// <summary>
    /// Of those that compute for the least weight, the one whose next proof is farthest away, then the one started last (ROLES.md 5.5).
    /// </summary>
    private TimelordEvaluation? Weakest() => _evaluations.Values
        .Where(e => e is { HoldsSlot: true, IsStopping: false })
        .OrderBy(e => e.Challenge.Weight)
        .ThenByDescending(e => e.Remaining)
        .ThenByDescending(e => e.Id)
        .FirstOrDefault();

    private TimelordEvaluation Start(TimelordChallenge challenge, List<TimelordEffect> effects)
    {
        var evaluation = new TimelordEvaluation(++_lastEvaluation, challenge, _time.GetUtcNow(), HeadStart());
        challenge.Evaluation = evaluation;
        _evaluations.Add(evaluation.Id, evaluation);
        effects.Add(new TimelordEffect.Start(evaluation.Id, challenge.Hash));
        return evaluation;
    }

    private static void Tell(TimelordEvaluation evaluation, List<TimelordEffect> effects)
    {
        evaluation.HoldsSlot = true;
        foreach (var iterations in evaluation.Challenge.Untold)
        {
            evaluation.Told.Add(iterations);
            effects.Add(new TimelordEffect.Prove(evaluation.Id, iterations));
        }

        evaluation.Challenge.Untold.Clear();

        // After the counts, lest it pause in between: it squares as far as they ask for, and no farther.
        if (evaluation.IsAhead)
            EndHeadStart(evaluation, effects);
    }

    private static void Stop(TimelordEvaluation evaluation, List<TimelordEffect> effects)
    {
        evaluation.IsStopping = true;
        effects.Add(new TimelordEffect.Stop(evaluation.Id));
    }

    /// <summary>Evaluations without work cost memory: only the heaviest and newest are kept.</summary>
    private void EndIdle(List<TimelordEffect> effects)
    {
        var idle = _evaluations.Values
            .Where(e => e is { HoldsSlot: false, IsAhead: false, IsStopping: false })
            .OrderByDescending(e => e.Challenge.Weight)
            .ThenByDescending(e => e.Id)
            .Skip(_options.MaxIdleEvaluations)
            .ToList();
        foreach (var evaluation in idle)
            Stop(evaluation, effects);
    }

    /// <summary>The challenges by their hashes, but those that were forgotten to make room.</summary>
    private HashSet<TimelordChallenge> Known(IEnumerable<Bytes32> hashes)
    {
        var known = new HashSet<TimelordChallenge>();
        foreach (var hash in hashes)
        {
            if (_challenges.Find(hash) is { } challenge)
                known.Add(challenge);
        }

        return known;
    }
}
