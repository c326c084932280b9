namespace Chia.Silo.Clusters;

/// <summary>Probes of a platform: 200, or 503 and a word that says why. Liveness looks at the process alone.</summary>
internal static class HealthPaths
{
    /// <param name="app">The process.</param>
    /// <param name="routes">Where they are offered.</param>
    /// <param name="fault">Why the process is not ready; null if it is.</param>
    public static void Map(WebApplication app, IEndpointRouteBuilder routes, Func<Task<string?>> fault)
    {
        routes.MapGet(ClusterEnvironment.LivePath, context => context.Response.WriteAsync("""{"status":"alive"}"""));
        routes.MapGet(ClusterEnvironment.ReadyPath, async context =>
        {
            var reason = app.Lifetime.ApplicationStopping.IsCancellationRequested ? "stopping" : await fault();
            context.Response.StatusCode = reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync(reason is null ? """{"status":"ready"}""" : $$"""{"status":"not_ready","reasons":["{{reason}}"]}""");
        });
    }
}
