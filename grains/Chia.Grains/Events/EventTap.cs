using System.Collections.Concurrent;
using System.Threading.Channels;
using Chia.GrainInterfaces.Events;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Chia.Grains.Events;

/// <summary>
/// Where a silo leaves what happened: handed to the node's event grain in batches, by a task that lives as long as there is something to
/// hand on. Nobody who does the work waits for it; when too much happens the oldest is dropped. When the silo stops nothing is handed on
/// any more: it places no grains then, and Orleans would log each event that comes too late as an error.
/// </summary>
/// <param name="grains">The grains.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where log lines go.</param>
public sealed class EventTap(IGrainFactory grains, TimeProvider time, ILogger<EventTap> log) : ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>Events that wait: as many as are kept.</summary>
    private const int Capacity = EventLog.Capacity;

    /// <summary>How often a busy node asks whether somebody watches messages meanwhile.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<NodeName, Queue> _queues = [];
    private volatile bool _hasStopped;

    /// <summary>Ends before everything else of the silo.</summary>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(EventTap), ServiceLifecycleStage.Last, _ => Task.CompletedTask, Stop);

    /// <summary>Hands on nothing from now on; completes when what is on its way has arrived.</summary>
    internal Task Stop(CancellationToken cancellation)
    {
        _hasStopped = true;
        return Task.WhenAll(_queues.Values.Select(queue => queue.Draining)).WaitAsync(cancellation);
    }

    /// <summary>True if somebody watches the messages of a node. Asks now and then, while messages come.</summary>
    internal bool WantsMessages(NodeName node)
    {
        var queue = QueueOf(node);
        if (time.GetElapsedTime(queue.Asked) > AskAgain)
        {
            queue.Asked = time.GetTimestamp();
            queue.StartDraining(this, node);
        }

        return queue.Wanted.HasFlag(NodeEventKinds.Message);
    }

    /// <summary>Something happened in a node.</summary>
    internal void Note(NodeName node, NodeEvent happened)
    {
        var queue = QueueOf(node);
        if (!queue.Wanted.HasFlag(happened.Kind))
            return;
        queue.Events.Writer.TryWrite(happened);
        queue.StartDraining(this, node);
    }

    private Queue QueueOf(NodeName node) => _queues.GetOrAdd(node, static _ => new Queue());

    /// <summary>Hands on what waits, and ends when nothing does.</summary>
    private async Task Drain(NodeName node, Queue queue)
    {
        do
        {
            var batch = new List<NodeEvent>();
            while (queue.Events.Reader.TryRead(out var happened))
                batch.Add(happened);
            try
            {
                queue.Wanted = await grains.GetGrain<IEventGrain>(NodeKey.Of(node)).Publish([.. batch]).ConfigureAwait(false);
                queue.Asked = time.GetTimestamp();
            }
            catch (Exception error)
            {
                // The silo stops, or the grain moves: what happened is told no more, and nothing else suffers.
                EventsLog.NotTaken(log, node, error.Message);
            }
        }
        while (!_hasStopped && !queue.TryStop());
    }

    /// <summary>The events of one node on their way.</summary>
    private sealed class Queue
    {
        private readonly Lock _lock = new();
        private Task _draining = Task.CompletedTask;
        private bool _isDraining;

        /// <summary>The last that was begun.</summary>
        public Task Draining
        {
            get
            {
                lock (_lock)
                    return _draining;
            }
        }

        public Channel<NodeEvent> Events { get; } =
            Channel.CreateBounded<NodeEvent>(
                new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

        public NodeEventKinds Wanted { get; set; } = NodeEventKinds.All & ~NodeEventKinds.Message;

        public long Asked { get; set; }

        public void StartDraining(EventTap tap, NodeName node)
        {
            lock (_lock)
            {
                if (_isDraining || tap._hasStopped)
                    return;
                _isDraining = true;

                // Off the caller's scheduler: that may be a grain's.
                _draining = Task.Run(() => tap.Drain(node, this));
            }
        }

        /// <summary>False if something came meanwhile: then the caller goes on.</summary>
        public bool TryStop()
        {
            lock (_lock)
            {
                _isDraining = Events.Reader.TryPeek(out _);
                return !_isDraining;
            }
        }
    }
}
