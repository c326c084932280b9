using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A set of streams that the host set up under one name.</summary>
public interface IStreamProvider
{
    /// <summary>The name.</summary>
    string Name { get; }

    /// <summary>Whether a subscriber can ask for items of the past.</summary>
    bool IsRewindable { get; }

    /// <summary>A handle to a stream. Streams need not be created: they exist by being used.</summary>
    /// <typeparam name="T">Type of the items.</typeparam>
    /// <param name="streamId">Its name.</param>
    /// <returns>The handle.</returns>
    IAsyncStream<T> GetStream<T>(StreamId streamId);
}
