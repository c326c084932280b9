using Chia.Silo.Api.Requests;
using Chia.Silo.Status;

namespace Chia.Silo.Api.Endpoints;

/// <summary>What the API was before it had versions: <c>chia show</c> and older scripts ask here.</summary>
internal static class RpcEndpoints
{
    public const string StatusPath = "/api/status";

    public static void Map(WebApplication app)
    {
        app.MapGet(StatusPath, async context =>
            await context.Response.WriteAsJsonAsync(
                await context.Node().Status.Read(), StatusJson.Default.NodeStatus, cancellationToken: context.RequestAborted));
        app.MapPost("/api/stop", ProcessEndpoints.Stop);
    }
}
