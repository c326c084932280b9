namespace Chia.Silo.Rpc;

/// <summary>The local RPC: loopback only, and not for other sites' pages.</summary>
internal static class RpcEndpoints
{
    public const string StatusPath = "/api/status";

    public static void Map(WebApplication app)
    {
        app.Use(SameHostOnly.Check);
        app.UseRouting();
        app.MapGet(StatusPath, async (HttpContext context) =>
            await context.Response.WriteAsJsonAsync(
                await context.RequestServices.GetRequiredService<StatusReader>().Read(), StatusJson.Default.NodeStatus));
    }
}
