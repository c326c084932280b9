using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Protocol.Primitives;
using Chia.Silo.Clusters.Definition;

namespace Chia.Silo.Clusters;

/// <summary>
/// Calls what there is once a node every second, from every silo: a grain whose silo died comes back to life with the next call, and
/// whoever lives elsewhere is the one to make it (CLUSTER 2).
/// </summary>
internal sealed class KeepWarm(ClusterDefinition cluster, IGrainFactory grains, TimeProvider time, ILogger<KeepWarm> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Silos that start together join within this: the first of them shall not be given everything. Whoever needs a grain sooner
    /// calls it.</summary>
    private static readonly TimeSpan UntilOthersJoin = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var nodes = cluster.Nodes.Where(node => node.Roles.Contains(Role.FullNode)).Select(node => node.Name).ToList();
        await Task.Delay(UntilOthersJoin, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(nodes.Select(Call));
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Call(NodeName node)
    {
        var key = NodeKey.Of(node);
        try
        {
            await grains.GetGrain<IBlockchainGrain>(key).GetSnapshot();
            await grains.GetGrain<IFullNodeGrain>(key).Beat();
            await grains.GetGrain<ISyncGrain>(key).GetReport();
        }
        catch (Exception error)
        {
            // The next second tries again, whatever it was: what is wrong is told by those who need an answer.
            KeepWarmLog.NoAnswer(log, node, error.Message);
        }
    }
}

internal static partial class KeepWarmLog
{
    [LoggerMessage(5401, LogLevel.Debug, "The grains of node {Node} do not answer just now: {Why}")]
    public static partial void NoAnswer(ILogger logger, NodeName node, string why);
}
