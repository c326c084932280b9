using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Primitives;
using Chia.Silo.Api.Requests;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Node;

namespace Chia.Silo.Api.Endpoints;

/// <summary>Addresses that are kept out, by every role of a node (OPERATIONS 3).</summary>
internal static class BanEndpoints
{
    private const double UsualSeconds = 24 * 3600;

    /// <summary>The longest ban: ten years are for ever, and the date of its end still is a date.</summary>
    private const double MostSeconds = 3650.0 * 24 * 3600;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{ApiPaths.Prefix}/bans", List);
        routes.MapPost($"{ApiPaths.Prefix}/bans", Ban);
        routes.MapDelete($"{ApiPaths.Prefix}/bans/{{address}}", Unban);
    }

    private static async Task List(HttpContext context)
    {
        var rows = new List<BanRow>();
        foreach (var (role, directory) in Directories(context.Node()))
            rows.AddRange(
                (await directory.GetBans()).Select(ban => new BanRow(ban.Subscriber, RoleNames.Of(role), ban.Left.TotalSeconds)));
        await context.Answer(new BanList(rows), ApiJson.Default.BanList);
    }

    private static async Task Ban(HttpContext context)
    {
        var request = await context.Body(ApiJson.Default.BanRequest);
        var host = HostOf(request.Address);
        var seconds = request.Seconds ?? UsualSeconds;
        if (seconds is not (> 0 and <= MostSeconds))
            throw ApiException.BadParameter($"seconds must be more than 0 and at most {MostSeconds}, not {seconds}");
        foreach (var (_, directory) in Directories(context.Node()))
            await directory.Ban(host, TimeSpan.FromSeconds(seconds));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task Unban(HttpContext context)
    {
        var host = HostOf(context.Part("address"));
        var wasBanned = false;
        foreach (var (_, directory) in Directories(context.Node()))
            wasBanned |= await directory.Unban(host);
        context.Response.StatusCode = wasBanned ? StatusCodes.Status204NoContent : throw ApiException.NotFound($"{host} is not kept out");
    }

    private static PeerHost HostOf(string text)
    {
        if (!System.Net.IPAddress.TryParse(text, out _) || !PeerHost.TryParse(text, out var host))
            throw ApiException.BadParameter($"'{text}' is no IP address");
        return host.IsLoopback
            ? throw ApiException.BadParameter($"{host} is this machine, where whole networks live: it is not kept out")
            : host;
    }

    private static IEnumerable<(Role Role, IPeerDirectoryGrain Directory)> Directories(ApiNode node) =>
        node.Roles.Select(role => (role, node.Grains.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(NodeName.Parse(node.Key), role))));
}
