using Orleans.Configuration;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace Chia.Silo.Hosting.Streams;

/// <summary>Streams of one process: one queue in its memory, below Orleans' persistent streams.</summary>
internal sealed class LocalQueueAdapter : IQueueAdapter, IQueueAdapterFactory
{
    /// <summary>A node has a handful of streams with a few items a second.</summary>
    private const int Queues = 1;

    private readonly LocalQueue _queue;
    private readonly SimpleQueueAdapterCache _cache;
    private readonly HashRingBasedStreamQueueMapper _mapper;

    public LocalQueueAdapter(string name, LocalQueue queue, ILoggerFactory logs)
    {
        Name = name;
        _queue = queue;
        _cache = new SimpleQueueAdapterCache(new SimpleQueueCacheOptions(), name, logs);
        _mapper = new HashRingBasedStreamQueueMapper(new HashRingStreamQueueMapperOptions { TotalQueueCount = Queues }, name);
    }

    public string Name { get; }

    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    /// <param name="streamId">The stream.</param>
    /// <param name="events">What is published.</param>
    /// <param name="token">Not used: the queue numbers what is put into it.</param>
    /// <param name="requestContext">Not used: broadcasts carry no context.</param>
    public Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        _queue.Put(streamId, [.. events.Cast<object>()]);
        return Task.CompletedTask;
    }

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => _queue;

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(this);

    public IQueueAdapterCache GetQueueAdapterCache() => _cache;

    public IStreamQueueMapper GetStreamQueueMapper() => _mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new NoOpStreamDeliveryFailureHandler());
}
