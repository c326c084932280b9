using System.Collections.Concurrent;

namespace Chia.Gateway.Connections.Queues;

/// <summary>
/// Memory for everything that waits to be sent, all connections of the process together. When it runs out, the connection is ended that
/// has held the most for the longest time without taking any of it: never one that reads, however slowly.
/// </summary>
internal sealed class OutboundBudget(long bytes)
{
    private readonly ConcurrentDictionary<OutboundQueue, byte> _queues = new();
    private readonly Lock _choosing = new();
    private long _used;

    /// <summary>Bytes that wait now.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>Adds a queue.</summary>
    public void Join(OutboundQueue queue) => _queues[queue] = 0;

    /// <summary>Removes a queue that has ended.</summary>
    public void Leave(OutboundQueue queue) => _queues.TryRemove(queue, out _);

    /// <summary>So many bytes more wait. Ends connections until all fits again; the one that asks may be among them.</summary>
    public void Take(long more)
    {
        if (Interlocked.Add(ref _used, more) <= bytes)
            return;
        var chosen = new List<OutboundQueue>();
        lock (_choosing)
        {
            while (Used > bytes && _queues.Keys.MaxBy(queue => queue.Burden) is { } worst)
            {
                worst.Dispose();
                chosen.Add(worst);
            }
        }

        foreach (var queue in chosen)
            queue.OnAbandoned();
    }

    /// <summary>So many bytes less wait.</summary>
    public void Give(long less) => Interlocked.Add(ref _used, -less);
}
