using Chia.Protocol.Primitives;
using Chia.Silo.Simulation.Hosts;
using Chia.Silo.Status;

namespace Chia.Silo.Simulation.Screen;

/// <summary>The whole network at one moment.</summary>
/// <param name="Nodes">Full nodes; a status is null while its node is stopped, or does not answer.</param>
/// <param name="Farmer">The farmer.</param>
/// <param name="Harvester">The harvester.</param>
/// <param name="Timelord">The timelord.</param>
/// <param name="Newest">The newest blocks of the heaviest chain, highest first.</param>
internal sealed record SimulationSnapshot(
    IReadOnlyList<(string Name, NodeStatus? Status)> Nodes,
    NodeStatus? Farmer,
    NodeStatus? Harvester,
    NodeStatus? Timelord,
    IReadOnlyList<NewBlock> Newest)
{
    /// <summary>The cluster that the full nodes live on; null if they live on none.</summary>
    public ClusterSnapshot? Cluster { get; init; }
}

/// <summary>One of the newest blocks.</summary>
/// <param name="Height">Height.</param>
/// <param name="Hash">Block id.</param>
/// <param name="Difficulty">Its difficulty.</param>
/// <param name="Iterations">Iterations of its proof of time.</param>
/// <param name="Time">Its timestamp.</param>
/// <param name="Winner">The plot that won it.</param>
internal sealed record NewBlock(uint Height, Bytes32 Hash, ulong Difficulty, ulong Iterations, DateTimeOffset Time, string Winner);
