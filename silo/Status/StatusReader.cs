using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Clusters;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Peers;
using Chia.Protocol.Primitives;
using Chia.Silo.Node;
using Microsoft.Extensions.Options;

namespace Chia.Silo.Status;

/// <summary>
/// Gathers a running node's status from its grains. However many ask, the grains are asked a few times a second: whoever asks meanwhile
/// gets the same answer.
/// </summary>
internal sealed class StatusReader(
    IClusterClient cluster, NodeSettings settings, IOptions<PeerDirectoryOptions> peerOptions, TimeProvider time,
    IHostApplicationLifetime lifetime)
{
    /// <summary>Heights of the netspace and of the share of orphans.</summary>
    public const uint Window = 100;

    /// <summary>How old an answer may be: less than people see, and enough that a thousand questions a second cost the grains
    /// four.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(250);

    /// <summary>As <see cref="Freshness"/>, for what asks every connection.</summary>
    private static readonly TimeSpan PeerFreshness = TimeSpan.FromSeconds(1);

    /// <summary>Those who ask wait no longer than this for any of the grains. All of them answer from memory, and a silo that dies is
    /// found dead within six seconds: who asks again then is answered.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly BlockRate _rate = new(time);
    private readonly Lock _lock = new();
    private Task<StatusFacts>? _facts;
    private long _asked;
    private Task<IReadOnlyList<PeerFigures>>? _peers;
    private long _peersAsked;

    /// <summary>From here on the rate of new blocks is measured.</summary>
    public void Begin(ChainSnapshot chain) => _rate.Sample(chain.Blocks);

    /// <summary>For <c>chia show</c>.</summary>
    public async Task<NodeStatus> Read() => StatusOf.Running(await Gather());

    /// <summary>As it is at this moment: for whoever shares the process, and may ask as often as it likes.</summary>
    public async Task<NodeStatus> ReadNow() => StatusOf.Running(await Ask());

    /// <summary>For everybody else.</summary>
    public async Task<StatusReport> ReadReport() => StatusReportOf.Node(await Gather());

    /// <summary>What the grains say, at most <see cref="Freshness"/> old.</summary>
    public Task<StatusFacts> Gather()
    {
        lock (_lock)
        {
            if (_facts is { IsFaulted: false, IsCanceled: false } facts && (!facts.IsCompleted || time.GetElapsedTime(_asked) < Freshness))
                return facts;
            _asked = time.GetTimestamp();
            return _facts = Ask();
        }
    }

    /// <summary>Connections of all roles with what goes over them and what is held against their peers.</summary>
    public Task<IReadOnlyList<PeerFigures>> GatherPeers()
    {
        lock (_lock)
        {
            if (_peers is { IsFaulted: false, IsCanceled: false } peers
                && (!peers.IsCompleted || time.GetElapsedTime(_peersAsked) < PeerFreshness))
                return peers;
            _peersAsked = time.GetTimestamp();
            return _peers = AskPeers();
        }
    }

    private async Task<IReadOnlyList<PeerFigures>> AskPeers()
    {
        var points = Task.WhenAll(settings.Roles.Select(role => Directory(role.Role).GetPoints()));
        var connections = (await Task.WhenAll(settings.Roles.Select(role => Directory(role.Role).GetConnections())))
            .SelectMany(p => p).ToList();
        var traffic = await Task.WhenAll(connections.Select(c => cluster.GetGrain<IPeerGrain>(c.GrainKey()).GetTraffic()));
        var held = (await points).SelectMany(p => p).ToDictionary(p => p.ConnectionId, p => p.Points);
        return [.. connections.Select((c, i) => new PeerFigures(c, traffic[i], held.GetValueOrDefault(c.ConnectionId)))];
    }

    /// <summary>All is asked at once: whatever is away, within <see cref="Patience"/> there is the status, or who is away.</summary>
    private async Task<StatusFacts> Ask()
    {
        var key = NodeKey.Of(settings.Name);
        var peers = Answer(
            "the list of its peers", Task.WhenAll(settings.Roles.Select(role => Directory(role.Role).GetConnections())));
        var farmer = Has(Role.Farmer) ? Answer("its farmer", cluster.GetGrain<IFarmerGrain>(key).GetStatus()) : null;
        var harvester = Has(Role.Harvester) ? Answer("its harvester", cluster.GetGrain<IHarvesterGrain>(key).GetStatus()) : null;
        var timelord = Has(Role.Timelord) ? Answer("its timelord", cluster.GetGrain<ITimelordGrain>(key).GetStatus()) : null;
        var chain = Has(Role.FullNode) ? AskChain(key) : null;
        var facts = new StatusFacts(
            settings.Name.ToString(),
            settings.Network,
            [.. settings.Roles.Select(r => r.Role)],
            [.. (await peers).SelectMany(p => p)],
            time.GetUtcNow(),
            ProcessTime.Uptime)
        {
            WantsPeers = peerOptions.Value.TargetPeerCount > 0,
            IsStopping = lifetime.ApplicationStopping.IsCancellationRequested,
            Farmer = farmer is null ? null : await farmer,
            Harvester = harvester is null ? null : await harvester,
            Timelord = timelord is null ? null : await timelord,
        };
        return chain is null ? facts : WithChain(facts, await chain);
    }

    private async Task<ChainFacts> AskChain(string key)
    {
        var grain = cluster.GetGrain<IBlockchainGrain>(key);
        var figures = Answer("its chain", grain.GetFigures(Window));
        var sync = Answer("its sync", cluster.GetGrain<ISyncGrain>(key).GetReport());
        var node = Answer("its full node", cluster.GetGrain<IFullNodeGrain>(key).GetStatus());
        return new ChainFacts(await Answer("its chain", grain.GetSnapshot()), await figures, await sync, await node);
    }

    private StatusFacts WithChain(StatusFacts facts, ChainFacts of) => facts with
    {
        Chain = of.Chain,
        Figures = of.Figures,
        FullNode = of.Node,
        Sync = Standstills.Apply(
            Standstills.Apply(
                Standstills.Apply(of.Sync, of.Node, facts.Farmer, facts.Harvester, facts.WantsPeers)),
            of.Chain.StoreFault),
        BlockRate = _rate.Sample(of.Chain.Blocks),
    };

    /// <summary>The answer, or in words who does not give it.</summary>
    /// <exception cref="TimeoutException">Its silo died, or it is busy.</exception>
    private async Task<T> Answer<T>(string who, Task<T> answer)
    {
        try
        {
            return await answer.WaitAsync(Patience, time);
        }
        catch (Exception error) when (CallFaults.GoesBy(error) && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            answer.Ignore();
            throw new TimeoutException($"{who} is away, or too busy to say; what a silo took along lives on within seconds", error);
        }
    }

    private bool Has(Role role) => settings.Roles.Any(r => r.Role == role);

    private IPeerDirectoryGrain Directory(Role role) => cluster.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(settings.Name, role));
}

/// <summary>What the grains around a chain say.</summary>
internal sealed record ChainFacts(ChainSnapshot Chain, ChainFigures Figures, SyncReport Sync, FullNodeStatus Node);

/// <summary>A connection as an operator looks at it.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Traffic">What went over it; null if it has just ended.</param>
/// <param name="Points">What is held against its peer.</param>
internal sealed record PeerFigures(PeerConnection Connection, PeerTraffic? Traffic, double Points);
