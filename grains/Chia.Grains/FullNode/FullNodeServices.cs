using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Sync;
using Chia.Grains.Clusters;
using Chia.Grains.Validation;
using Chia.Protocol.Networks;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.FullNode;

/// <summary>Whom a full node's handlers ask, the numbers, the clock. Nothing here sends anything to a peer: handlers return
/// effects.</summary>
/// <param name="Chain">The node's chain.</param>
/// <param name="Validator">Context-free checks.</param>
/// <param name="Sync">Catches up with heavier chains.</param>
/// <param name="Directory">Who is connected.</param>
/// <param name="Network">Constants.</param>
/// <param name="Options">Bounds.</param>
/// <param name="Time">The clock.</param>
/// <param name="Log">The log.</param>
internal sealed record FullNodeServices(
    IBlockchainGrain Chain,
    IValidators Validator,
    ISyncGrain Sync,
    IPeerDirectoryGrain Directory,
    NetworkDefinition Network,
    FullNodeOptions Options,
    TimeProvider Time,
    ILogger Log)
{
    /// <summary>Tells the sync something that it can do without for a while. False, and a line in the log, while the cluster
    /// moves.</summary>
    /// <param name="what">What it is told, for the log.</param>
    /// <param name="tell">Tells it.</param>
    public async Task<bool> TryTellSync(string what, Func<Task> tell)
    {
        try
        {
            await tell();
            return true;
        }
        catch (Exception error) when (ClusterMoves.Explains(error))
        {
            FullNodeLog.SyncNotTold(Log, what, error.Message);
            return false;
        }
    }
}
