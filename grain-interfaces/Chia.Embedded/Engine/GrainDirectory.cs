using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;

namespace Chia.Embedded.Engine;

/// <summary>Which target serves which grain. Targets are made by the first request.</summary>
internal sealed class GrainDirectory(EmbeddedEngine engine) : IActivationOwner
{
    private readonly ConcurrentDictionary<GrainKey, IRequestTarget> _targets = new();
    private volatile bool _stopping;

    /// <summary>How many grains have a target.</summary>
    internal int Count => _targets.Count;

    internal bool Stopping => _stopping;

    /// <summary>Queues a request at the grain's target, or rejects it.</summary>
    /// <returns>The target; null when the request was rejected.</returns>
    internal IRequestTarget? Post(GrainKey grain, Request request)
    {
        while (true)
        {
            if (!_targets.TryGetValue(grain, out var target))
            {
                if (!_stopping)
                    target = _targets.GetOrAdd(grain, Create);
                if (_stopping)
                {
                    // The stop may have looked at the table before: nothing that it has not seen may stay.
                    if (target is not null)
                        _targets.TryRemove(KeyValuePair.Create(grain, target));
                    request.Reject(StoppingError(grain));
                    return null;
                }
            }
            if (target!.TryPost(request))
                return target;
        }
    }

    /// <summary>Ends all activations that have been idle for long enough.</summary>
    internal void CollectIdle(long timestamp)
    {
        foreach (var (_, target) in _targets)
            target.CollectIdle(timestamp);
    }

    /// <summary>Makes no more targets, and ends those that there are.</summary>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        // A target that was being made while the flag was set is found in the next round.
        while (!_targets.IsEmpty)
        {
            var ends = _targets.Values.Select(t => t.DeactivateAsync(new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The process is stopping.")));
            await Task.WhenAll(ends).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void OnClosed(Activation closed, IReadOnlyList<Request> pending)
    {
        var entry = KeyValuePair.Create(closed.Grain, (IRequestTarget)closed);
        if (pending.Count == 0 || _stopping)
        {
            _targets.TryRemove(entry);
            foreach (var request in pending)
                request.Reject(StoppingError(closed.Grain));
            return;
        }
        // In the table before its first turn, which may be its last: otherwise an ended activation could be put there.
        var successor = new Activation(engine, closed.Grain, this);
        successor.Preload(pending);
        _targets.TryUpdate(closed.Grain, successor, closed);
        successor.Begin();
    }

    internal void Remove(WorkerPool pool) => _targets.TryRemove(KeyValuePair.Create(pool.Grain, (IRequestTarget)pool));

    internal static OrleansMessageRejectionException StoppingError(GrainKey grain) =>
        new($"The engine is stopping; {grain} is not activated any more.");

    private IRequestTarget Create(GrainKey grain) =>
        grain.Class.MaxWorkers > 0 ? new WorkerPool(engine, grain) : new Activation(engine, grain, this);
}
