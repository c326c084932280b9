using Chia.GrainInterfaces.Chain;
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

    private readonly BlockRate _rate = new(time);
    private readonly Lock _lock = new();
    private Task<StatusFacts>? _facts;
    private long _asked;

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

    private async Task<StatusFacts> Ask()
    {
        var peers = Task.WhenAll(settings.Roles.Select(role => Directory(role.Role).GetConnections()));
        var farmer = Has(Role.Farmer) ? cluster.GetGrain<IFarmerGrain>(NodeKey.Of(settings.Name)).GetStatus() : null;
        var harvester = Has(Role.Harvester) ? cluster.GetGrain<IHarvesterGrain>(NodeKey.Of(settings.Name)).GetStatus() : null;
        var timelord = Has(Role.Timelord) ? cluster.GetGrain<ITimelordGrain>(NodeKey.Of(settings.Name)).GetStatus() : null;
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
        return Has(Role.FullNode) ? await WithChain(facts) : facts;
    }

    private async Task<StatusFacts> WithChain(StatusFacts facts)
    {
        var grain = cluster.GetGrain<IBlockchainGrain>(NodeKey.Of(settings.Name));
        var figures = grain.GetFigures(Window);
        var sync = cluster.GetGrain<ISyncGrain>(NodeKey.Of(settings.Name)).GetReport();
        var node = cluster.GetGrain<IFullNodeGrain>(NodeKey.Of(settings.Name)).GetStatus();
        var chain = await grain.GetSnapshot();
        return facts with
        {
            Chain = chain,
            Figures = await figures,
            FullNode = await node,
            Sync = Standstills.Apply(
                Standstills.Apply(
                    Standstills.Apply(await sync, await node, facts.Farmer, facts.Harvester, facts.WantsPeers)),
                chain.StoreFault),
            BlockRate = _rate.Sample(chain.Blocks),
        };
    }

    private bool Has(Role role) => settings.Roles.Any(r => r.Role == role);

    private IPeerDirectoryGrain Directory(Role role) => cluster.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(settings.Name, role));
}
