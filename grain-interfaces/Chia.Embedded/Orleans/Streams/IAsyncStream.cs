using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A handle to a stream, without the type of its items.</summary>
public interface IAsyncStream
{
    /// <summary>Whether a subscriber can ask for items of the past.</summary>
    bool IsRewindable { get; }

    /// <summary>The name of the provider.</summary>
    string ProviderName { get; }

    /// <summary>The name of the stream.</summary>
    StreamId StreamId { get; }
}
