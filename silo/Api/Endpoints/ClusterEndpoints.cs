using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.Protocol.Primitives;
using Chia.Silo.Api.Requests;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Node;
using Chia.Silo.Status;

namespace Chia.Silo.Api.Endpoints;

/// <summary>Where the parts of a node live (OPERATIONS 3).</summary>
internal static class ClusterEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet($"{ApiPaths.Prefix}/cluster", Show);

    private static async Task Show(HttpContext context)
    {
        var node = context.Node();
        var management = node.Grains.GetGrain<IManagementGrain>(0);
        var silos = (await management.GetDetailedHosts(onlyActive: false))
            .Select(host => new SiloRow(
                host.SiloName,
                host.SiloAddress.ToString(),
                host.HostName,
                StatusSentence.Word(host.Status),
                new DateTimeOffset(DateTime.SpecifyKind(host.StartTime, DateTimeKind.Utc))));
        var grains = new List<GrainRow>();
        foreach (var (name, reference) in Singletons(node))
            grains.Add(new GrainRow(name, (await management.GetActivationAddress(reference))?.ToString()));
        var hasDashboard = context.RequestServices.GetService<OrleansPage>() is not null;
        await context.Answer(new ClusterView([.. silos], grains, await Gateways(node), hasDashboard), ApiJson.Default.ClusterView);
    }

    /// <summary>Those that the directories hear of, with connections or without.</summary>
    private static async Task<IReadOnlyList<GatewayRow>> Gateways(ApiNode node)
    {
        var known = await Task.WhenAll(node.Roles.Select(
            role => node.Grains.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(NodeKey.NodeOf(node.Key), role)).GetGateways()));
        var connections = (await node.Status.Gather()).Peers.CountBy(peer => peer.GatewayId).ToDictionary();
        return [.. known.SelectMany(ids => ids).Union(connections.Keys).Order(StringComparer.Ordinal)
            .Select(id => new GatewayRow(id, connections.GetValueOrDefault(id)))];
    }

    private static IEnumerable<(string Name, IAddressable Grain)> Singletons(ApiNode node)
    {
        foreach (var role in node.Roles)
        {
            if (role == Role.FullNode)
            {
                yield return ("chain", node.Grains.GetGrain<IBlockchainGrain>(node.Key));
                yield return ("sync", node.Grains.GetGrain<ISyncGrain>(node.Key));
            }

            yield return (RoleNames.Of(role), role switch
            {
                Role.FullNode => node.Grains.GetGrain<IFullNodeGrain>(node.Key),
                Role.Farmer => node.Grains.GetGrain<IFarmerGrain>(node.Key),
                Role.Harvester => node.Grains.GetGrain<IHarvesterGrain>(node.Key),
                Role.Timelord => node.Grains.GetGrain<ITimelordGrain>(node.Key),
                _ => node.Grains.GetGrain<IIntroducerGrain>(node.Key),
            });
        }
    }
}
