using Chia.Silo.Api.Answers;
using Chia.Silo.Api.Endpoints;
using Chia.Silo.Api.Guards;
using Chia.Silo.Api.Requests;
using Chia.Silo.Page;
using Chia.Silo.Status;

namespace Chia.Silo.Api;

/// <summary>
/// The HTTP API, version 1 (OPERATIONS 3): which path is answered by what. The command line and the page use nothing else.
/// </summary>
internal static class ApiEndpoints
{
    /// <summary>Adds what the API needs; nothing is made before the first request.</summary>
    public static void AddServices(IServiceCollection services)
    {
        services.AddRoutingCore();
        services.AddSingleton<BlockWinners>();
        ApiDocument.AddServices(services);
    }

    /// <summary>Adds the API to a process that only this machine can reach; its services have an <see cref="INodeSource"/>.</summary>
    public static void Map(WebApplication app) => Map(app, SameHostOnly.Check, HealthEndpoints.Map);

    /// <summary>Adds the API to a process whose services have an <see cref="INodeSource"/>.</summary>
    /// <param name="app">The process.</param>
    /// <param name="guard">Who may ask.</param>
    /// <param name="health">Adds the probes.</param>
    public static void Map(WebApplication app, Func<HttpContext, RequestDelegate, Task> guard, Action<IEndpointRouteBuilder> health)
    {
        app.Use(guard);
        app.UseWhen(HasProblems, guarded => guarded.Use(Problems.Guard));
        app.UseRouting();
        var api = app.MapGroup("");
        ApiDocument.Describe(api);
        api.MapGet(
            ApiPaths.Status, async context => await context.Answer(await Report(context.Node()), ApiJson.Default.StatusReport));
        BlockEndpoints.Map(api);
        ChainEndpoints.Map(api);
        PeerEndpoints.Map(api);
        RoleEndpoints.Map(api);
        BanEndpoints.Map(api);
        ProcessEndpoints.Map(api);
        ExportEndpoints.Map(api);
        ClusterEndpoints.Map(api);
        EventEndpoints.Map(api);
        health(api);
        api.MapPost(ApiPaths.Stop, ProcessEndpoints.Stop);
        app.MapOpenApi("/openapi/{documentName}.json");
        RpcEndpoints.Map(app);
        PageEndpoints.Map(app);
    }

    /// <summary>
    /// True where faults are answered with problem documents: for paths that programs ask, not for the page. Routes ignore case, and so
    /// does this.
    /// </summary>
    private static bool HasProblems(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || context.Request.Path.StartsWithSegments(HealthEndpoints.Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The node's own status, under the name that this API knows it by.</summary>
    private static async Task<StatusReport> Report(ApiNode node) => (await node.Status.ReadReport()) with { Node = node.Name };
}
