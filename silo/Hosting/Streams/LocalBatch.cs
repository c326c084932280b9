using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace Chia.Silo.Hosting.Streams;

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
