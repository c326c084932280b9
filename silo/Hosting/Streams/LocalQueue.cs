using System.Threading.Channels;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace Chia.Silo.Hosting.Streams;

/// <summary>
/// The queue between publishers in this process and Orleans' agent that delivers. The agent asks on a timer. An answer waits here until
/// there is something to deliver, so that a broadcast need not wait for the next tick and a silent node does no work.
/// </summary>
internal sealed class LocalQueue : IQueueAdapterReceiver, ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>
    /// As many items as Orleans' own memory queue holds. The oldest goes first: a gateway notices the gap and asks for the tips.
    /// </summary>
    private const int Capacity = 16_384;

    private readonly Channel<(StreamId Stream, object[] Events)> _batches =
        Channel.CreateBounded<(StreamId Stream, object[] Events)>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private long _number;

    public void Put(StreamId stream, object[] events) => _batches.Writer.TryWrite((stream, events));

    public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount)
    {
        await _batches.Reader.WaitToReadAsync();
        var batches = new List<IBatchContainer>();

        // Numbered as they leave the queue: two that are put at once would enter it in another order than they were numbered in, and the
        // agent's cache finds nothing that is out of order.
        while ((maxCount < 0 || batches.Count < maxCount) && _batches.Reader.TryRead(out var batch))
            batches.Add(new LocalBatch(batch.Stream, batch.Events, ++_number));
        return batches;
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    public Task Shutdown(TimeSpan timeout) => Task.CompletedTask;

    /// <summary>
    /// Closes the queue when the silo stops. The agent waits, when it is stopped, for the answer to its last question; it starts at
    /// this stage, and all of a stage are stopped at once. So the queue closes whenever there is an agent, also when a later stage of
    /// the start fails.
    /// </summary>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(LocalQueue), ServiceLifecycleStage.Active, static _ => Task.CompletedTask, Close);

    private Task Close(CancellationToken cancellation)
    {
        _batches.Writer.TryComplete();
        return Task.CompletedTask;
    }
}

/// <summary>What was published at once on one stream; handed on by reference, for it never leaves the process.</summary>
[GenerateSerializer]
[Immutable]
[Alias("chia.LocalBatch")]
internal sealed class LocalBatch(StreamId streamId, object[] events, long number) : IBatchContainer
{
    [Id(0)]
    public StreamId StreamId { get; } = streamId;

    [Id(1)]
    public object[] Events { get; } = events;

    /// <summary>Its place in the queue.</summary>
    [Id(2)]
    public long Number { get; } = number;

    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(Number);

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() =>
        Events.OfType<T>().Select((item, index) => Tuple.Create<T, StreamSequenceToken>(item, new EventSequenceTokenV2(Number, index)));

    public bool ImportRequestContext() => false;
}
