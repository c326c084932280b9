using System.Threading.Channels;
using Chia.Functional.Tests.Support;
using Chia.Gateway.Broadcasts;
using Chia.Gateway.Configuration;
using Chia.Gateway.Connections;
using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using Orleans.Streams;

namespace Chia.Cluster.Tests.InMemory;

/// <summary>A gateway's receiver of broadcasts without its sockets, and somebody who hears what it hears.</summary>
internal sealed class BroadcastListener : IAsyncDisposable
{
    private readonly BroadcastReceiver _receiver;
    private readonly IAsyncStream<BroadcastItem> _stream;
    private readonly Channel<BroadcastItem> _heard = Channel.CreateUnbounded<BroadcastItem>();
    private StreamSubscriptionHandle<BroadcastItem>? _hearing;

    public BroadcastListener(IClusterClient client)
    {
        var options = new GatewayOptions { Role = Role.FullNode, Network = Testnet.Definition };
        _receiver = new BroadcastReceiver(
            client, options, new LinkTable(options, TimeProvider.System), TimeProvider.System, NullLogger.Instance);
        var key = NodeKey.OfBroadcast(NodeName.Main, Role.FullNode, Role.FullNode);
        _stream = client.GetStreamProvider(BroadcastStreams.Provider)
            .GetStream<BroadcastItem>(StreamId.Create(BroadcastStreams.Namespace, key));
    }

    public async Task Start()
    {
        await _receiver.Start();
        _hearing = await _stream.SubscribeAsync((item, _) => _heard.Writer.WriteAsync(item).AsTask());
    }

    public Task<BroadcastItem> Next() => _heard.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Within("a broadcast");

    /// <summary>An item that the publisher did not number.</summary>
    public Task Put(BroadcastItem item) => _stream.OnNextAsync(item);

    public async ValueTask DisposeAsync()
    {
        if (_hearing is not null)
            await _hearing.UnsubscribeAsync();
        await _receiver.Stop();
    }
}
