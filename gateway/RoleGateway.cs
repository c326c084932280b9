using System.Net;
using System.Security.Cryptography;
using Chia.Gateway.Broadcasts;
using Chia.Gateway.Configuration;
using Chia.Gateway.Connections;
using Chia.Gateway.Connections.Entry;
using Chia.Gateway.Diagnostics;
using Chia.Gateway.Dialling;
using Chia.GrainInterfaces.Clusters;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Handshake;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;

namespace Chia.Gateway;

/// <summary>
/// The TCP side of one role: accepts and dials, runs the connections, fans out broadcasts. Kestrel hands it accepted connections through
/// <see cref="Accept"/>; <see cref="Start"/> begins the rest.
/// </summary>
public sealed class RoleGateway : IAsyncDisposable
{
    /// <summary>The pause between two attempts to reach a cluster that is not there yet.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly ILogger _log;
    private readonly IClusterClient _cluster;
    private readonly TimeProvider _time;
    private readonly GatewayMemory _memory;
    private readonly LinkTable _links;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<LinkServices> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _background = [];
    private readonly BroadcastReceiver _broadcasts;
    private BeatLoop? _beat;
    private ConfiguredPeersLoop? _configured;
    private IReadOnlyList<(PeerAddress Address, string ClaimedAs)> _localPeers = [];
    private bool _isServing;
    private readonly Dialler _dialler;

    /// <summary>Prepares the gateway of one role.</summary>
    /// <param name="options">Which role, where, with whom.</param>
    /// <param name="memory">Shared by all gateways of the process.</param>
    /// <param name="cluster">The grains.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logs">Where log lines go.</param>
    public RoleGateway(GatewayOptions options, GatewayMemory memory, IClusterClient cluster, TimeProvider time, ILoggerFactory logs)
    {
        _memory = memory;
        Options = options;
        _cluster = cluster;
        _time = time;
        _log = logs.CreateLogger($"Chia.Gateway.{options.Role}");
        _links = new LinkTable(options, time);
        _broadcasts = new BroadcastReceiver(cluster, options, _links, time, _log);
        _dialler = new Dialler(options, _log);
    }

    /// <summary>What it was made with.</summary>
    public GatewayOptions Options { get; }

    /// <summary>True while the cluster answers: role and directory are where they should be.</summary>
    public bool IsServing => _isServing && (_beat?.IsAnswered ?? true);

    /// <summary>Runs one accepted connection; completes when it has ended. Waits for <see cref="Start"/> first.</summary>
    public async Task Accept(ConnectionContext connection)
    {
        var host = PeerHost.Of((connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None);
        if (Enter(connection, host) is not { } place)
        {
            connection.Abort();
            return;
        }

        try
        {
            if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
                PeerSocket.Prepare(socket);
            var services = await _ready.Task.WaitAsync(_stopping.Token).ConfigureAwait(false);
            await new PeerLink(services, LinkOrigin.Accepted, connection, place, _stopping.Token).Run().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            connection.Abort();
        }
        finally
        {
            _links.Places.Leave(place);
        }
    }

    /// <summary>A place for an accepted connection, or null: decided before a byte is read.</summary>
    private Place? Enter(ConnectionContext connection, PeerHost host)
    {
        string why;
        if (_links.Bans.Contains(host))
        {
            why = "Banned";
        }
        else
        {
            var place = _links.Places.TryEnter(host, connection.Abort, out var refusal);
            if (place is not null)
                return place;
            why = refusal.ToString();
        }

        GatewayMeter.Refused(why);
        GatewayLog.Refused(_log, host.ToString(), why);
        return null;
    }

    /// <summary>
    /// Begins to serve. Called once Kestrel listens; completes once the cluster has answered, however long that takes. Peers that come
    /// meanwhile wait.
    /// </summary>
    /// <param name="boundPort">The port that Kestrel took; announced to peers.</param>
    /// <param name="localPeers">Other roles of this process, dialled for ever like the configured peers, and what their dials are claimed
    /// as.</param>
    public async Task Start(int boundPort, IReadOnlyList<(PeerAddress Address, string ClaimedAs)> localPeers)
    {
        if (await ReachCluster().ConfigureAwait(false) is not { } nodeId)
            return;
        var identity = new HandshakeIdentity(
            Options.Network.NetworkId, NetworkDefinition.ProtocolVersion, nodeId, (ushort)boundPort, Options.Role);
        var services = new LinkServices(_cluster, Options, _time)
        {
            Identity = identity,
            GatewayId = $"{Options.Process}-{Options.Run:n}",
            Links = _links,
            Memory = _memory,
            Log = _log,
        };
        GatewayLog.Listening(_log, Options.Role, new IPEndPoint(Options.Address, boundPort));
        _ready.SetResult(services);
        _localPeers = localPeers;
        _configured = new ConfiguredPeersLoop(services, _dialler, _stopping.Token);
        SetPeers(Options.ConfiguredPeers);
        _background.Add(_configured.Run());
        if (Options.Role == Role.FullNode)
            _background.Add(new PeerSearchLoop(services, _dialler, _stopping.Token).Run());
        if (Options.Role == Role.Introducer)
            _background.Add(new VettingLoop(services, _dialler, _stopping.Token).Run());
        var renewal = new RenewalLoop(services, _broadcasts, _stopping.Token);
        _background.Add(renewal.Run());
        if (Options.Role == Role.FullNode)
            _background.Add(new KeptPeersLoop(services, _dialler, _stopping.Token).Run());
        _isServing = true;

        // In one process role and directory live as long as the gateway.
        if (!Options.IsOneOfSeveral)
            return;
        _beat = new BeatLoop(services, _broadcasts, renewal, _stopping.Token);
        _background.Add(_beat.Run());
    }

    /// <summary>Replaces the configured peers; the roles of this process stay, the others are let go.</summary>
    public void SetPeers(IReadOnlyList<PeerAddress> peers) =>
        _configured?.Set([.. peers.Select(peer => (peer, peer.ToString())), .. _localPeers]);

    /// <summary>Reads broadcasts and learns the node id that all gateways of the role share, as soon as the cluster lets it. Null if it is
    /// told to stop.</summary>
    private async Task<Bytes32?> ReachCluster()
    {
        var directory = _cluster.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(Options.Node, Options.Role));
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var nodeId = Options.IsOneOfSeveral
                    ? await directory.GetNodeId().ConfigureAwait(false)
                    : new Bytes32(RandomNumberGenerator.GetBytes(Bytes32.Size));
                await _broadcasts.Start().ConfigureAwait(false);
                return nodeId;
            }
            catch (Exception error) when (
                Options.IsOneOfSeveral && CallFaults.GoesBy(error) && !_stopping.IsCancellationRequested)
            {
                GatewayLog.UpkeepFailed(_log, error.Message);
                await Task.Delay(RetryPause, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return null;
    }

    /// <summary>Closes every connection and stops dialling; completes when those that were dialled have ended. Kestrel waits for those
    /// that it accepted.</summary>
    public async Task Stop()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_background).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await _broadcasts.Stop().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            GatewayLog.UpkeepFailed(_log, error.Message);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stop().ConfigureAwait(false);
        _dialler.Dispose();
        _stopping.Dispose();
    }
}
