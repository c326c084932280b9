using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Chia.Grains.Peers;

/// <summary>The stream subscriptions of all gateways to one role's broadcasts, as Orleans' pub-sub store keeps them.</summary>
/// <param name="provider">The stream provider of broadcasts.</param>
/// <param name="ofRole">Key of the role (<see cref="NodeKey.OfRole"/>).</param>
internal sealed class BroadcastSubscriptions(IStreamProvider provider, string ofRole)
{
    private readonly IStreamSubscriptionManager? _manager =
        (provider as IStreamSubscriptionManagerRetriever)?.GetStreamSubscriptionManager();

    private IEnumerable<StreamId> Streams =>
        BroadcastStreams.Audiences.Select(audience => StreamId.Create(BroadcastStreams.Namespace, $"{ofRole}/{audience}"));

    /// <summary>The existing subscriptions.</summary>
    public async Task<IReadOnlyList<Guid>> Find()
    {
        var found = new List<Guid>();
        foreach (var stream in Streams)
            found.AddRange((await Of(stream)).Select(subscription => subscription.SubscriptionId));
        return found;
    }

    /// <summary>Removes subscriptions.</summary>
    public async Task Remove(IReadOnlyCollection<Guid> subscriptions)
    {
        if (subscriptions.Count == 0 || _manager is null)
            return;
        foreach (var stream in Streams)
        {
            foreach (var subscription in (await Of(stream)).Where(s => subscriptions.Contains(s.SubscriptionId)))
                await _manager.RemoveSubscription(BroadcastStreams.Provider, stream, subscription.SubscriptionId);
        }
    }

    private async Task<IEnumerable<StreamSubscription>> Of(StreamId stream) =>
        _manager is null ? [] : await _manager.GetSubscriptions(BroadcastStreams.Provider, stream);
}
