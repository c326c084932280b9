using System.Collections.Concurrent;
using Chia.Gateway.Configuration;
using Chia.Gateway.Connections;
using Chia.Gateway.Diagnostics;
using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Protocol;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Streams;

namespace Chia.Gateway.Broadcasts;

/// <summary>
/// Takes the broadcasts of one role and queues them on this gateway's connections. Each item comes by the stream and directly from its
/// publisher; the first copy counts. A lost item costs latency, never state: after a gap in the numbering, or when the publisher says
/// that it sent something which never came, the gateway asks the cluster for its present state and sends that to its peers.
/// </summary>
internal sealed class BroadcastReceiver : IBroadcastObserver
{
    /// <summary>
    /// How long a broadcast that shows a gap waits for the state that should precede it. A cluster that has just moved answers within
    /// milliseconds or not at all, and broadcasts must not wait for one that does not.
    /// </summary>
    private static readonly TimeSpan StatePatience = TimeSpan.FromSeconds(2);

    private readonly IClusterClient _cluster;
    private readonly GatewayOptions _options;
    private readonly LinkTable _links;
    private readonly ILogger _log;
    private readonly List<StreamSubscriptionHandle<BroadcastItem>> _subscriptions = [];
    private readonly BroadcastSequence _sequence = new();

    /// <summary>Audiences whose peers were to be sent the present state, and the cluster did not say it.</summary>
    private readonly ConcurrentDictionary<Role, bool> _owed = [];

    private readonly TimeProvider _time;
    private IBroadcastObserver? _reference;
    private bool _isStarting;

    public BroadcastReceiver(IClusterClient cluster, GatewayOptions options, LinkTable links, TimeProvider time, ILogger log)
    {
        _time = time;
        _cluster = cluster;
        _options = options;
        _links = links;
        _log = log;
    }

    /// <summary>Subscribes to the streams. Called again after a failure, it goes on where it failed.</summary>
    public async Task Start()
    {
        _isStarting = true;
        var provider = _cluster.GetStreamProvider(BroadcastStreams.Provider);
        foreach (var audience in BroadcastStreams.Audiences.Skip(_subscriptions.Count))
        {
            var key = NodeKey.OfBroadcast(_options.Node, _options.Role, audience);
            var stream = provider.GetStream<BroadcastItem>(StreamId.Create(BroadcastStreams.Namespace, key));
            _subscriptions.Add(await stream.SubscribeAsync((item, _) => Receive(item)).ConfigureAwait(false));
        }

        _isStarting = false;
    }

    /// <summary>
    /// Registers this gateway with the directory for direct delivery. The registration lapses, so this is called again and again.
    /// </summary>
    public Task Hear(string gatewayId)
    {
        _reference ??= _cluster.CreateObjectReference<IBroadcastObserver>(this);
        return _cluster.GetGrain<IBroadcastDirectoryGrain>(NodeKey.OfRole(_options.Node, _options.Role))
            .Hears(new BroadcastHearer(gatewayId, _reference));
    }

    /// <summary>Ids of the stream subscriptions: the directory removes them when this gateway dies.</summary>
    public Guid[] Subscriptions => [.. _subscriptions.Select(subscription => subscription.HandleId)];

    public async Task Stop()
    {
        if (_reference is not null)
            _cluster.DeleteObjectReference<IBroadcastObserver>(_reference);
        _reference = null;
        await Unsubscribe().ConfigureAwait(false);
    }

    /// <summary>
    /// Sees to it that the subscriptions stand; to be called periodically. If the directory removed them while this gateway was silent, it
    /// subscribes anew and asks for what was missed. What an earlier call did not come to is done now.
    /// </summary>
    /// <param name="areGone">The directory removed them.</param>
    public async Task Uphold(bool areGone)
    {
        if (areGone)
            await Unsubscribe().ConfigureAwait(false);
        if (!areGone && !_isStarting)
            return;
        await Start().ConfigureAwait(false);
        await AskAll().ConfigureAwait(false);
    }

    /// <summary>One that cannot be taken back is given up: it may be what the directory removed, and the others, and those that are to
    /// follow, do not wait for it.</summary>
    private async Task Unsubscribe()
    {
        foreach (var subscription in _subscriptions)
        {
            try
            {
                await subscription.UnsubscribeAsync().ConfigureAwait(false);
            }
            catch (Exception error)
            {
                GatewayLog.UpkeepFailed(_log, error.Message);
            }
        }

        _subscriptions.Clear();
    }

    /// <summary>
    /// Asks the publishers how far they are. For an audience that has missed what was sent before the previous call, it asks the
    /// cluster for its present state, and again for one that it was not told before. A stream that moves with its silo may lose an item,
    /// or the publisher itself, and for minutes no later item may reveal that. All are asked together: each may live on another silo, and
    /// one that does not answer must not keep the others from being asked. To be called periodically.
    /// </summary>
    public async Task FindLost()
    {
        if (_options.Role == Role.FullNode)
            await Task.WhenAll(BroadcastStreams.Audiences.Select(FindLost)).ConfigureAwait(false);
    }

    private async Task FindLost(Role audience)
    {
        var publisher = _cluster.GetGrain<IBroadcastGrain>(NodeKey.OfBroadcast(_options.Node, _options.Role, audience));
        var sent = await publisher.GetPosition().ConfigureAwait(false);
        var isOwed = _owed.TryRemove(audience, out _);
        if (_sequence.IsLost(audience, sent))
        {
            GatewayMeter.BroadcastGap();
            GatewayLog.BroadcastLost(_log, audience, sent.Sequence);
        }
        else if (!isOwed)
        {
            return;
        }

        await Resend(audience).ConfigureAwait(false);
    }

    /// <summary>The role's grain has moved: asks for whatever it may have published meanwhile.</summary>
    public async Task AskAll()
    {
        var audiences = BroadcastStreams.Audiences.Where(audience => _links.Established(audience).Any());
        await Task.WhenAll(audiences.Select(Resend)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task Hear(BroadcastItem[] items)
    {
        foreach (var item in items)
            await Receive(item).ConfigureAwait(false);
    }

    /// <summary>Takes one broadcast, by either way.</summary>
    internal async Task Receive(BroadcastItem item)
    {
        var arrival = _sequence.Note(item);
        if (arrival == BroadcastArrival.Again)
            return;
        if (arrival == BroadcastArrival.AfterGap)
        {
            GatewayMeter.BroadcastGap();
            GatewayLog.BroadcastGap(_log, item.To, item.Sequence);
            await Task.WhenAny(Resend(item.To), Task.Delay(StatePatience, _time)).ConfigureAwait(false);
        }

        var definition = MessageRegistry.Find(item.Function);
        using var activity = GatewayActivity.Broadcast(item.Function, item.TraceParent);
        foreach (var link in _links.Established(item.To))
        {
            if (link.ConnectionId != item.ExceptConnection)
                link.Enqueue(item.Frame, definition);
        }

        if (item.Published != default)
            GatewayMeter.BroadcastLag(_time.GetUtcNow() - item.Published);
    }

    private async Task Resend(Role audience)
    {
        if (_options.Role != Role.FullNode)
            return;
        try
        {
            var messages = await _cluster.GetGrain<IFullNodeGrain>(NodeKey.Of(_options.Node)).Announce(audience).ConfigureAwait(false);
            foreach (var link in _links.Established(audience))
            {
                foreach (var message in messages)
                    link.Enqueue(message.Frame);
            }
        }
        catch (Exception error)
        {
            // A broadcast that showed a gap still goes out. What is missing is asked for again: the next tip may be minutes away.
            _owed[audience] = true;
            GatewayLog.UpkeepFailed(_log, error.Message);
        }
    }
}
