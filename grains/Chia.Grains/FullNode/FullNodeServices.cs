using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Sync;
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
    ILogger Log);
