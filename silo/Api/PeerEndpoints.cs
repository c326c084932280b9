using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Node;

namespace Chia.Silo.Api;

/// <summary>Connections of every role (OPERATIONS 3).</summary>
internal static class PeerEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{ApiEndpoints.Prefix}/peers", List);
        routes.MapDelete($"{ApiEndpoints.Prefix}/peers/{{id}}", Remove);
    }

    private static async Task List(HttpContext context)
    {
        var role = context.Text("role") is { } text ? context.Choice("role", "", [.. RoleNames.All]) : null;
        var facts = await context.Node().Status.Gather();
        var rows = facts.Peers.Select(Row).Where(row => role is null || row.Role == role);
        await context.Answer(new PeerList([.. rows]), ApiJson.Default.PeerList);
    }

    private static async Task Remove(HttpContext context)
    {
        var node = context.Node();
        var id = context.Part("id");
        var peer = (await node.Status.Gather()).Peers.FirstOrDefault(p => p.ConnectionId.ToString() == id)
            ?? throw ApiException.NotFound($"there is no connection '{id}'");
        await node.Grains.GetGrain<IPeerGrain>(peer.GrainKey()).Close(DisconnectReason.ByOperator);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static PeerRow Row(PeerConnection peer) =>
        new(
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
            peer.GatewayId);
}
