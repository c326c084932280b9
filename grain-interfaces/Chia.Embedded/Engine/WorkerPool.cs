using Orleans;

namespace Chia.Embedded.Engine;

/// <summary>
/// The activations of one stateless worker: an idle one is used first, then a new one is made up to the limit,
/// then the one with the fewest requests is used.
/// </summary>
internal sealed class WorkerPool(EmbeddedEngine engine, GrainKey grain) : IRequestTarget, IActivationOwner
{
    // Taken inside of an activation's queue lock, and never the other way round.
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];
    private bool _closed;

    internal GrainKey Grain => grain;

    public bool TryPost(Request request)
    {
        while (true)
        {
            Activation worker;
            lock (_gate)
            {
                if (_closed)
                    return false;
                worker = Choose();
                worker.Reserve(); // before the lock is given back, so that the next request chooses another
            }
            if (worker.TryEnqueue(request))
                return true;
        }
    }

    public async Task DeactivateAsync(DeactivationReason reason)
    {
        Activation[] workers;
        lock (_gate)
        {
            workers = [.. _workers];
        }
        await Task.WhenAll(workers.Select(w => w.DeactivateAsync(reason))).ConfigureAwait(false);
    }

    public void CollectIdle(long timestamp)
    {
        Activation[] workers;
        lock (_gate)
        {
            workers = [.. _workers];
        }
        foreach (var worker in workers)
            worker.CollectIdle(timestamp);
    }

    public void OnClosed(Activation closed, IReadOnlyList<Request> pending)
    {
        lock (_gate)
        {
            // Out of the pool before its requests are handed on: two workers that end together never wait for each other.
            _workers.Remove(closed);
            if (_workers.Count == 0 && (pending.Count == 0 || engine.Directory.Stopping))
            {
                _closed = true;
                engine.Directory.Remove(this);
            }
        }
        foreach (var request in pending)
        {
            if (!TryPost(request))
                request.Reject(GrainDirectory.StoppingError(grain));
        }
    }

    private Activation Choose()
    {
        Activation? best = null;
        foreach (var worker in _workers)
        {
            if (best is null || worker.Load < best.Load)
                best = worker;
        }
        if (best is { Load: 0 } || (best is not null && _workers.Count >= grain.Class.MaxWorkers))
            return best;
        var made = new Activation(engine, grain, this);
        _workers.Add(made);
        return made;
    }
}
