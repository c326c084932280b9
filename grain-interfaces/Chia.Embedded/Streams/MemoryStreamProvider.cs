using Orleans.Runtime;
using Orleans.Streams;

namespace Chia.Embedded.Streams;

/// <summary>Streams that live in this process.</summary>
internal sealed class MemoryStreamProvider(StreamTable table, string name) : IStreamProvider
{
    public string Name => name;

    public bool IsRewindable => false;

    public IAsyncStream<T> GetStream<T>(StreamId streamId) => new EngineStream<T>(table, name, streamId);
}
