using Chia.Silo.Api;
using Chia.Silo.Api.Shapes;

namespace Chia.Silo.Clusters;

/// <summary>Probes of a platform: 200, or 503 and a word that says why. Liveness looks at the process alone.</summary>
internal static class HealthPaths
{
    /// <param name="app">The process.</param>
    /// <param name="routes">Where they are offered.</param>
    /// <param name="fault">Why the process is not ready; null if it is.</param>
    public static void Map(WebApplication app, IEndpointRouteBuilder routes, Func<Task<string?>> fault)
    {
        routes.MapGet(ClusterEnvironment.LivePath, HealthEndpoints.Live);
        routes.MapGet(ClusterEnvironment.ReadyPath, async context =>
        {
            var reason = app.Lifetime.ApplicationStopping.IsCancellationRequested ? "stopping" : await fault();
            await HealthEndpoints.Answer(context, HealthView.Of(reason is null ? [] : [reason]));
        });
    }
}
