using System.Collections.Concurrent;
using Chia.Embedded.Engine;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Streams;

namespace Chia.Embedded.Streams;

/// <summary>The streams that have subscribers. A stream without any keeps nothing.</summary>
internal sealed class StreamTable(EmbeddedEngine engine, EmbeddedEngineOptions options)
{
    private readonly ConcurrentDictionary<(string Provider, StreamId Stream), StreamHub> _hubs = new();
    private long _publications;

    internal EmbeddedEngine Engine => engine;

    internal EmbeddedEngineOptions Options => options;

    /// <summary>Finds a provider among the services of a grain or client.</summary>
    /// <exception cref="KeyNotFoundException">The host has none of that name.</exception>
    internal static IStreamProvider FindProvider(IServiceProvider services, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return services.GetKeyedService<IStreamProvider>(name)
            ?? throw new KeyNotFoundException($"The host has no stream provider '{name}'.");
    }

    /// <summary>Queues items at each subscriber.</summary>
    internal void Publish<T>(string provider, StreamId stream, IEnumerable<T> items)
    {
        if (!_hubs.TryGetValue((provider, stream), out var hub))
            return;
        hub.Publish(items, Interlocked.Increment(ref _publications));
    }

    internal void Subscribe(Subscription subscription)
    {
        // A hub that lost its last subscriber in between is no longer in the table: take the next.
        while (!_hubs.GetOrAdd((subscription.Provider, subscription.Stream), static _ => new StreamHub()).TryAdd(subscription))
        {
        }
    }

    internal void Unsubscribe(Subscription subscription)
    {
        var key = (subscription.Provider, subscription.Stream);
        subscription.End();
        if (_hubs.TryGetValue(key, out var hub) && hub.RemoveIsLast(subscription))
            _hubs.TryRemove(KeyValuePair.Create(key, hub));
    }

    internal IReadOnlyList<Subscription> SubscriptionsOf(string provider, StreamId stream, GrainKey? owner) =>
        _hubs.TryGetValue((provider, stream), out var hub) ? hub.SubscriptionsOf(owner) : [];
}
