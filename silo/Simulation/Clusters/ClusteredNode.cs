using Chia.Protocol.Addresses;
using Chia.Silo.Api.Requests;
using Chia.Silo.Simulation.Hosts;
using Chia.Silo.Status;

namespace Chia.Silo.Simulation.Clusters;

/// <summary>A full node whose grains live on a simulated cluster, and whose peers find it at each gateway.</summary>
/// <param name="name">Its name.</param>
/// <param name="endpoints">Where its peers find it.</param>
/// <param name="api">The node; null while there is no cluster to ask.</param>
internal sealed class ClusteredNode(string name, IReadOnlyList<PeerAddress> endpoints, Func<ApiNode?> api) : ISimulatedNode
{
    /// <summary>
    /// How long to wait for an answer: while a dead silo is being found nobody answers, and the other nodes must be asked meanwhile.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public string Name { get; } = name;

    public int Side => 0;

    public IReadOnlyList<PeerAddress> Endpoints { get; } = endpoints;

    public ApiNode? Api => api();

    public Task<NodeStatus?> GetStatus() => Ask<NodeStatus?>(async node => await node.Status.ReadNow());

    public async Task<T?> Ask<T>(Func<ApiNode, Task<T>> question)
    {
        if (Api is not { } node)
            return default;
        try
        {
            return await question(node).WaitAsync(Patience);
        }
        catch (Exception)
        {
            // Silos and gateways may die at any time; what is wrong for longer shows as a node that does not answer.
            return default;
        }
    }
}
