using Chia.Silo.Status;

namespace Chia.Silo.Api;

/// <summary>The local RPC: loopback only, and not for other sites' pages.</summary>
internal static class RpcEndpoints
{
    public const string StatusPath = "/api/status";

    public const string StopPath = "/api/stop";

    public static void Map(WebApplication app)
    {
        app.Use(SameHostOnly.Check);
        app.UseRouting();
        app.MapGet(StatusPath, async (HttpContext context) =>
            await context.Response.WriteAsJsonAsync(
                await context.RequestServices.GetRequiredService<StatusReader>().Read(), StatusJson.Default.NodeStatus));
        app.MapPost(StopPath, context =>
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            // After the answer is out: stopping waits for open requests.
            context.Response.OnCompleted(() =>
            {
                context.RequestServices.GetRequiredService<IHostApplicationLifetime>().StopApplication();
                return Task.CompletedTask;
            });
            return Task.CompletedTask;
        });
    }
}
