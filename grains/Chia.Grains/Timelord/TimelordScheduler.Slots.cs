using Chia.Protocol.Primitives;

namespace Chia.Grains.Timelord;

/// <content>Who gets a slot and who has to go (ROLES.md 5.3, 5.5).</content>
internal sealed partial class TimelordScheduler
{
    /// <summary>Brings the evaluations in line with what is wanted; to be called after every change. Does nothing when nothing has
    /// changed.</summary>
    private List<EvaluationOrder> Schedule()
    {
        var orders = new List<EvaluationOrder>();
        var wanted = Wanted();
        foreach (var evaluation in _evaluations.Values.Where(e => !e.IsStopping && !wanted.Contains(e.Challenge)))
            Stop(evaluation, orders);

        // Slots about to be free are for the first that wait, so only the others may send someone else away.
        var order = InOrder(wanted);
        var freeing = _evaluations.Values.Count(e => e is { IsStopping: true, HoldsSlot: true });
        foreach (var challenge in order.Where(c => c.Pending.Count > 0 && c.Evaluation is not { IsStopping: true }))
        {
            if (challenge.Evaluation is { HoldsSlot: true } running)
                Request(running, orders);
            else if (_evaluations.Values.Count(e => e.HoldsSlot) < _slots)
                Request(challenge.Evaluation ?? Start(challenge, orders), orders);
            else if (freeing > 0)
                freeing--;
            else if (Weakest(order) is { } weakest && MayDisplace(challenge, weakest.Challenge, order))
                Stop(weakest, orders);
        }

        GiveHeadStarts(wanted, orders);
        EndIdle(orders);
        return orders;
    }

    /// <summary>
    /// The challenges worth evaluating: those of the full nodes' tips that are not settled; and when nothing was to be proven for these
    /// for the pause, all that were announced and have something to prove (DECISIONS 16).
    /// </summary>
    private HashSet<TimelordChallenge> Wanted()
    {
        var wanted = Known(_views.Values.SelectMany(v => v.Unsettled));
        var heaviest = _views.Values.Max(v => v.Heaviest);
        if (heaviest > (_heaviest ?? 0) || wanted.Any(c => c.HasTargets))
            _busyAt = _time.GetTimestamp();
        _heaviest = heaviest;
        if (_time.GetElapsedTime(_busyAt) >= _pause)
            wanted.UnionWith(
                _challenges.All.Where(c => c is { Weight: not null, HasTargets: true } && c.Nodes.Exists(_views.ContainsKey)));
        wanted.RemoveWhere(c => c.Failures >= MaxFailures);
        return wanted;
    }

    /// <summary>
    /// Slots that nothing to prove takes up are for the heaviest challenges that nothing was proven for: iterations for them come sooner
    /// or later, and find the squarings done. Whoever has something to prove gets the slot at once, as no threads need to end for that.
    /// </summary>
    private void GiveHeadStarts(HashSet<TimelordChallenge> wanted, List<EvaluationOrder> orders)
    {
        var spare = Math.Max(0, _slots - _evaluations.Values.Count(e => e.HoldsSlot));
        var chosen = InOrder(wanted).Where(CanBeAhead).Take(spare).ToList();
        var ahead = _evaluations.Values.Where(e => e is { IsAhead: true, IsStopping: false });
        foreach (var evaluation in ahead.Where(e => !chosen.Contains(e.Challenge)))
            EndHeadStart(evaluation, orders);
        foreach (var challenge in chosen.Where(c => c.Evaluation is not { IsAhead: true }))
        {
            // Those told to stop have threads and memory until they end.
            if (challenge.Evaluation is null && _evaluations.Count >= _slots + _options.MaxIdleEvaluations)
                continue;
            var evaluation = challenge.Evaluation ?? Start(challenge, orders);
            evaluation.IsAhead = true;
            orders.Add(new EvaluationOrder.SquareAhead(evaluation.Id, evaluation.HeadStart));
        }
    }

    /// <summary>Nothing was or is to be proven, and the bound is not reached.</summary>
    private bool CanBeAhead(TimelordChallenge challenge) =>
        challenge is { Proofs.Count: 0, Pending.Count: 0, Evaluation: null or { IsStopping: false, HoldsSlot: false } }
        && (challenge.Evaluation?.HasHeadStart ?? HeadStart() > 0);

    /// <summary>The bound of a head start that begins now.</summary>
    private ulong HeadStart()
    {
        var most = Math.Min(_options.HeadStartIterations, TimelordOptions.MaximumIterations);
        return _speed.Mean > 0 ? Math.Min(most, (ulong)(_speed.Mean * _options.HeadStartTime.TotalSeconds)) : most;
    }

    private static void EndHeadStart(TimelordEvaluation evaluation, List<EvaluationOrder> orders)
    {
        evaluation.IsAhead = false;
        orders.Add(new EvaluationOrder.SquareAhead(evaluation.Id, 0));
    }

    /// <summary>
    /// Every full node's heaviest, then every full node's next, and so on: of equal rank those of configured full nodes come first, then
    /// the heaviest, then the first come. With one full node that is heaviest first.
    /// </summary>
    private List<TimelordChallenge> InOrder(IEnumerable<TimelordChallenge> challenges)
    {
        var ranked = new Dictionary<TimelordChallenge, (int Rank, bool IsStranger)>();
        var all = challenges.OrderByDescending(c => c.Weight).ThenBy(c => c.Order).ToList();
        foreach (var (node, view) in _views)
        {
            var rank = 0;
            foreach (var challenge in all.Where(c => c.Nodes.Contains(node)))
            {
                var place = (rank++, !view.IsConfigured);
                if (!ranked.TryGetValue(challenge, out var known) || place.CompareTo(known) < 0)
                    ranked[challenge] = place;
            }
        }

        return [.. all.OrderBy(c => ranked.GetValueOrDefault(c, (int.MaxValue, true)))];
    }

    /// <summary>Heavier ones displace lighter ones of the same full nodes, and whoever has more than its share makes room.</summary>
    private static bool MayDisplace(TimelordChallenge challenge, TimelordChallenge running, List<TimelordChallenge> order) =>
        order.IndexOf(challenge) < order.IndexOf(running)
            && (challenge.Weight != running.Weight || !challenge.Nodes.Intersect(running.Nodes).Any());

    /// <summary>
    /// Of those that compute, the last in order; of equal weights the one whose next proof is farthest away, then the one started last
    /// (ROLES.md 5.5).
    /// </summary>
    private TimelordEvaluation? Weakest(List<TimelordChallenge> order)
    {
        var running = _evaluations.Values.Where(e => e is { HoldsSlot: true, IsStopping: false }).ToList();
        if (running.Count == 0)
            return null;
        var last = running.MaxBy(e => order.IndexOf(e.Challenge))!.Challenge;
        return running
            .Where(e => e.Challenge.Weight == last.Weight && e.Challenge.Nodes.Intersect(last.Nodes).Any())
            .OrderByDescending(e => e.Remaining)
            .ThenByDescending(e => e.Id)
            .First();
    }

    private TimelordEvaluation Start(TimelordChallenge challenge, List<EvaluationOrder> orders)
    {
        var evaluation = new TimelordEvaluation(++_lastEvaluation, challenge, _time.GetTimestamp(), HeadStart());
        challenge.Evaluation = evaluation;
        _evaluations.Add(evaluation.Id, evaluation);
        orders.Add(new EvaluationOrder.Start(evaluation.Id, challenge.Hash));
        return evaluation;
    }

    private static void Request(TimelordEvaluation evaluation, List<EvaluationOrder> orders)
    {
        evaluation.HoldsSlot = true;
        foreach (var iterations in evaluation.Challenge.Pending)
        {
            evaluation.Asked.Add(iterations);
            orders.Add(new EvaluationOrder.Prove(evaluation.Id, iterations));
        }

        evaluation.Challenge.Pending.Clear();

        // After the counts, lest it pause in between: it squares as far as they ask for, and no farther.
        if (evaluation.IsAhead)
            EndHeadStart(evaluation, orders);
    }

    private static void Stop(TimelordEvaluation evaluation, List<EvaluationOrder> orders)
    {
        evaluation.IsStopping = true;
        orders.Add(new EvaluationOrder.Stop(evaluation.Id));
    }

    /// <summary>Evaluations without work cost memory: only the heaviest and newest are kept.</summary>
    private void EndIdle(List<EvaluationOrder> orders)
    {
        var idle = _evaluations.Values
            .Where(e => e is { HoldsSlot: false, IsAhead: false, IsStopping: false })
            .OrderByDescending(e => e.Challenge.Weight)
            .ThenByDescending(e => e.Id)
            .Skip(_options.MaxIdleEvaluations)
            .ToList();
        foreach (var evaluation in idle)
            Stop(evaluation, orders);
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
