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
/// Takes one role's broadcasts, as the streams bring them or their publisher tells them directly, whichever is sooner, and queues them
/// on this gateway's connections. What is lost costs latency, never state: at a gap in the numbering, and when the publisher has sent what
/// never came, the cluster is asked where it is, and that is sent.
/// </summary>
internal sealed class BroadcastReceiver : IBroadcastObserver
{
    /// <summary>News waits so long for the state that goes before it: a cluster that just moves answers in milliseconds when it answers,
    /// and news must not stand still with one that does not.</summary>
    private static readonly TimeSpan StatePatience = TimeSpan.FromSeconds(2);

    private readonly IClusterClient _cluster;
    private readonly GatewayOptions _options;
    private readonly LinkTable _links;
    private readonly ILogger _log;
    private readonly List<StreamSubscriptionHandle<BroadcastItem>> _subscriptions = [];
    private readonly BroadcastSequence _sequence = new();
    private readonly TimeProvider _time;
    private IBroadcastObserver? _reference;

    public BroadcastReceiver(IClusterClient cluster, GatewayOptions options, LinkTable links, TimeProvider time, ILogger log)
    {
        _time = time;
        _cluster = cluster;
        _options = options;
        _links = links;
        _log = log;
    }

    /// <summary>Subscribes; goes on where it failed when it is called again.</summary>
    public async Task Start()
    {
        var provider = _cluster.GetStreamProvider(BroadcastStreams.Provider);
        foreach (var audience in BroadcastStreams.Audiences.Skip(_subscriptions.Count))
        {
            var key = NodeKey.OfBroadcast(_options.Node, _options.Role, audience);
            var stream = provider.GetStream<BroadcastItem>(StreamId.Create(BroadcastStreams.Namespace, key));
            _subscriptions.Add(await stream.SubscribeAsync((item, _) => Receive(item)).ConfigureAwait(false));
        }
    }

    /// <summary>Says to the directory that this gateway wants to be told directly. To be called again and again.</summary>
    public Task Hear(string gatewayId)
    {
        _reference ??= _cluster.CreateObjectReference<IBroadcastObserver>(this);
        return _cluster.GetGrain<IBroadcastDirectoryGrain>(NodeKey.OfRole(_options.Node, _options.Role))
            .Hears(new BroadcastHearer(gatewayId, _reference));
    }

    /// <summary>What the directory must know to take them out when this gateway dies.</summary>
    public Guid[] Subscriptions => [.. _subscriptions.Select(subscription => subscription.HandleId)];

    public async Task Stop()
    {
        if (_reference is not null)
            _cluster.DeleteObjectReference<IBroadcastObserver>(_reference);
        _reference = null;
        foreach (var subscription in _subscriptions)
            await subscription.UnsubscribeAsync().ConfigureAwait(false);
        _subscriptions.Clear();
    }

    /// <summary>The subscriptions were taken out while this gateway was silent: begins anew, and asks for what was missed.</summary>
    public async Task Restart()
    {
        await Stop().ConfigureAwait(false);
        await Start().ConfigureAwait(false);
        await AskAll().ConfigureAwait(false);
    }

    /// <summary>
    /// Asks the publishers how far they are, and where we are for audiences that have missed what was sent before this was called the last
    /// time. A stream that moves with its silo may lose an item that nothing follows for minutes. All are asked together: each may live on
    /// another silo, and one that does not answer must not keep the others from being asked. To be called again and again.
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
        if (!_sequence.IsLost(audience, sent))
            return;
        GatewayMeter.BroadcastGap();
        GatewayLog.BroadcastLost(_log, audience, sent.Sequence);
        await Resend(audience).ConfigureAwait(false);
    }

    /// <summary>The role lives elsewhere since: whatever it said in between is asked for.</summary>
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

    /// <summary>One broadcast, from wherever it comes.</summary>
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
            // A broadcast that showed a gap still goes out; what is missing comes with the next tip.
            GatewayLog.UpkeepFailed(_log, error.Message);
        }
    }
}
