using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Sync;
using Chia.GrainInterfaces.Validation;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.FullNode;

/// <summary>What every handler of a full node works with: the other grains, the numbers, the clock.</summary>
internal sealed class FullNodeServices(
    IGrainFactory grains, string node, NetworkDefinition network, FullNodeOptions options, TimeProvider time, ILogger log)
{
    public IGrainFactory Grains { get; } = grains;

    public string Node { get; } = node;

    public NetworkDefinition Network { get; } = network;

    public FullNodeOptions Options { get; } = options;

    public TimeProvider Time { get; } = time;

    public ILogger Log { get; } = log;

    public IBlockchainGrain Chain => Grains.GetGrain<IBlockchainGrain>(Node);

    public ISyncGrain Sync => Grains.GetGrain<ISyncGrain>(Node);

    public IPeerDirectoryGrain Directory => Grains.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(Node, NodeType.FullNode));

    public IValidatorGrain Validator => Grains.GetGrain<IValidatorGrain>(0);
}
