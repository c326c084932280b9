using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Silo.Api.Requests;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Node;
using Chia.Silo.Status;

namespace Chia.Silo.Api.Endpoints;

/// <summary>Connections of every role (OPERATIONS 3).</summary>
internal static class PeerEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{ApiPaths.Prefix}/peers", List);
        routes.MapPost($"{ApiPaths.Prefix}/peers", Add);
        routes.MapDelete($"{ApiPaths.Prefix}/peers/{{id}}", Remove);
    }

    private static async Task List(HttpContext context)
    {
        var role = context.Text("role") is { } text ? context.Choice("role", "", [.. RoleNames.All]) : null;
        var rows = (await context.Node().Status.GatherPeers()).Select(Row).Where(row => role is null || row.Role == role);
        await context.Answer(new PeerList([.. rows]), ApiJson.Default.PeerList);
    }

    private static async Task Add(HttpContext context)
    {
        var node = context.NodeWith(Role.FullNode);
        var request = await context.Body(ApiJson.Default.PeerRequest);
        if (!PeerAddress.TryParse(request.Address, out var address))
            throw ApiException.BadParameter($"address must be HOST:PORT, not '{request.Address}'");
        await Directory(node, Role.FullNode).Keep(address);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private static IPeerDirectoryGrain Directory(ApiNode node, Role role) =>
        node.Grains.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(NodeName.Parse(node.Key), role));

    /// <summary>Closes a connection; if the operator asked for it, it is not dialled any more.</summary>
    private static async Task Remove(HttpContext context)
    {
        var node = context.Node();
        var id = context.Part("id");
        var peer = (await node.Status.Gather()).Peers.FirstOrDefault(p => p.ConnectionId.ToString() == id)
            ?? throw ApiException.NotFound($"there is no connection '{id}'");
        if (PeerAddress.TryOf(peer.RemoteHost, (ushort)peer.RemotePort, out var address))
            await Directory(node, peer.LocalRole).Release(address);
        await node.Grains.GetGrain<IPeerGrain>(peer.GrainKey()).Close(DisconnectReason.ByOperator);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static PeerRow Row(PeerFigures figures)
    {
        var peer = figures.Connection;
        return new PeerRow(
            peer.ConnectionId.ToString(),
            RoleNames.Of(peer.PeerRole),
            RoleNames.Of(peer.LocalRole),
            new PeerInfo(peer.RemoteHost, (ushort)peer.RemotePort).ToString(),
            peer.RemoteHost,
            peer.RemotePort,
            peer.AnnouncedPort,
            peer.PeerNodeId.ToString(),
            peer.IsOutbound ? "outbound" : "inbound",
            peer.IsConfigured,
            peer.Age.TotalSeconds,
            peer.GatewayId,
            figures.Traffic?.BytesReceived ?? 0,
            figures.Traffic?.BytesSent ?? 0,
            Math.Round(figures.Points, 1))
        {
            Height = figures.Traffic?.Height,
        };
    }
}
