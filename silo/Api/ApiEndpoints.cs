using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Primitives;
using Chia.Silo.Node;
using Chia.Silo.Page;
using Chia.Silo.Status;

namespace Chia.Silo.Api;

/// <summary>
/// The HTTP API, version 1 (OPERATIONS 3): which path is answered by what. The command line and the page use nothing else.
/// </summary>
internal static class ApiEndpoints
{
    public const string Prefix = "/api/v1";

    public const string StatusPath = $"{Prefix}/status";

    public const string StopPath = $"{Prefix}/stop";

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
            StatusPath, async context => await context.Answer(await Report(context.Node()), ApiJson.Default.StatusReport));
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
        api.MapPost(StopPath, Stop);
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

    /// <summary>The node that a request is about.</summary>
    /// <exception cref="ApiException">There is none of that name, or it does not run.</exception>
    public static ApiNode Node(this HttpContext context)
    {
        var nodes = context.RequestServices.GetRequiredService<INodeSource>();
        var name = context.Text("node");
        if (nodes.Find(name) is { } node)
            return node;
        throw name is null || nodes.Names.Contains(name)
            ? new ApiException(
                StatusCodes.Status503ServiceUnavailable, ProblemCode.Unavailable, $"node {name ?? nodes.Names[0]} does not run just now")
            : ApiException.NotFound($"there is no node '{name}': there are {string.Join(", ", nodes.Names)}");
    }

    /// <summary>The chain of the node that a request is about.</summary>
    /// <exception cref="ApiException">It has none.</exception>
    public static IBlockchainGrain Chain(this HttpContext context)
    {
        var node = context.NodeWith(Role.FullNode);
        return node.Grains.GetGrain<IBlockchainGrain>(node.Key);
    }

    /// <summary>The node that a request is about, which must have this role: if nobody says which, the first that has.</summary>
    /// <exception cref="ApiException">There is none, or it does not run.</exception>
    public static ApiNode NodeWith(this HttpContext context, Role role) => context.FindWith(role) ?? throw context.NoNodeWith(role);

    /// <summary>As <see cref="NodeWith"/>; null if there is none.</summary>
    public static ApiNode? FindWith(this HttpContext context, Role role)
    {
        var node = context.Node();
        if (node.Has(role))
            return node;
        var nodes = context.RequestServices.GetRequiredService<INodeSource>();
        return context.Text("node") is null
            ? nodes.Names.Select(nodes.Find).FirstOrDefault(n => n is not null && n.Has(role))
            : null;
    }

    /// <summary>The answer where no node has a role.</summary>
    public static ApiException NoNodeWith(this HttpContext context, Role role)
    {
        var node = context.Node();
        return ApiException.NoRole($"node {node.Name} is no {RoleNames.Of(role)}: it is {Roles(node)}");
    }

    /// <summary>The node's own status, under the name that this API knows it by.</summary>
    private static async Task<StatusReport> Report(ApiNode node) => (await node.Status.ReadReport()) with { Node = node.Name };

    /// <summary>Answers with JSON.</summary>
    public static Task Answer<T>(this HttpContext context, T value, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json";
        if (context.Response.Headers.CacheControl.Count == 0)
            context.Response.Headers.CacheControl = "no-store";
        return JsonSerializer.SerializeAsync(context.Response.Body, value, type, context.RequestAborted);
    }

    private static string Roles(ApiNode node) => string.Join(", ", node.Roles.Select(RoleNames.Of));

    public static Task Stop(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        // After the answer is out: stopping waits for open requests.
        context.Response.OnCompleted(() =>
        {
            context.RequestServices.GetRequiredService<INodeSource>().Stop();
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    }
}
