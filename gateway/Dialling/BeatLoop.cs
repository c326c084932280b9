using Chia.Gateway.Broadcasts;
using Chia.Gateway.Connections;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.Protocol.Primitives;

namespace Chia.Gateway.Dialling;

/// <summary>
/// Asks role and directory every second which activations they are. That brings them back to life when their silo died. When one has
/// moved, it is told of the connections that this gateway holds; their peers notice nothing (CLUSTER 5). The beats go on meanwhile, and
/// while it is asked for what was lost: a gateway that is silent for a while is taken for dead, and one grain that does not answer would
/// make it so.
/// </summary>
internal sealed class BeatLoop(LinkServices services, BroadcastReceiver broadcasts, RenewalLoop renewal, CancellationToken stopping)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How many connections are told of at one time: each is greeted, and a greeting reads blocks.</summary>
    private const int AtOnce = 16;

    private readonly Upkeep _upkeep = new(services, stopping);
    private Task _telling = Task.CompletedTask;
    private Task _finding = Task.CompletedTask;
    private Guid? _directory;

    /// <summary>The activations of directory and role that know of all connections and of the ways to them; the telling changes
    /// them.</summary>
    private (Guid Directory, Guid Role)? _told;

    /// <summary>The last beat was answered.</summary>
    public bool IsAnswered { get; private set; } = true;

    public Task Run() => _upkeep.Run(Beat, Interval);

    private async Task<TimeSpan> Beat()
    {
        IsAnswered = false;
        var directory = await services.Directory.Beat(services.GatewayId).ConfigureAwait(false);
        if (_directory is { } before && before != directory)
            await renewal.Renew().ConfigureAwait(false);
        _directory = directory;
        services.Links.Places.Share(await services.Directory.GetPlacesElsewhere(services.GatewayId).ConfigureAwait(false));
        var role = await Role().Beat().ConfigureAwait(false);
        IsAnswered = true;
        if (_telling.IsCompleted)
        {
            _told ??= (directory, role);
            if (_told != (directory, role))
                _upkeep.Begin(() => _telling = TellAll(directory, role));
        }

        if (_finding.IsCompleted)
            _upkeep.Begin(() => _finding = broadcasts.FindLost());
        return Interval;
    }

    /// <summary>A renewal tells a directory which connections there are, and not by what way they are reached.</summary>
    private async Task TellAll(Guid directory, Guid role)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping };
        await Parallel.ForEachAsync(services.Links.All, parallel, async (link, _) => await link.AnnounceAgain().ConfigureAwait(false))
            .ConfigureAwait(false);
        if (_told?.Role != role)
            await broadcasts.AskAll().ConfigureAwait(false);
        _told = (directory, role);
    }

    private IRoleGrain Role()
    {
        var key = NodeKey.Of(services.Options.Node);
        return services.Options.Role switch
        {
            Protocol.Primitives.Role.FullNode => services.Cluster.GetGrain<IFullNodeGrain>(key),
            Protocol.Primitives.Role.Farmer => services.Cluster.GetGrain<IFarmerGrain>(key),
            Protocol.Primitives.Role.Harvester => services.Cluster.GetGrain<IHarvesterGrain>(key),
            Protocol.Primitives.Role.Timelord => services.Cluster.GetGrain<ITimelordGrain>(key),
            _ => services.Cluster.GetGrain<IIntroducerGrain>(key),
        };
    }
}
