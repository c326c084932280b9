using System.Text.Json;
using Chia.GrainInterfaces.Clusters;
using Chia.Silo.Api.Requests;
using Chia.Silo.Status;

namespace Chia.Silo.Api.Endpoints;

/// <summary>Probes (OPERATIONS 3): no token is asked for, and nothing is told but states and reasons.</summary>
internal static class HealthEndpoints
{
    public const string Prefix = "/health";

    /// <summary>Alive: looks at the process alone.</summary>
    public const string LivePath = $"{Prefix}/live";

    /// <summary>Ready to serve.</summary>
    public const string ReadyPath = $"{Prefix}/ready";

    /// <summary>Grains that do not answer within this are not ready: probes wait a few seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Probes of a process that runs a node: ready is what the node that is asked for says.</summary>
    public static void Map(IEndpointRouteBuilder routes) => Map(routes, OfNode);

    /// <summary>Probes of a process whose readiness is its own: a silo, a gateway.</summary>
    public static void Map(IEndpointRouteBuilder routes, Func<HttpContext, Task<NodeHealth>> read)
    {
        routes.MapGet(LivePath, Live);
        routes.MapGet(ReadyPath, async context => await Answer(context, await read(context), isLiveness: false));
    }

    /// <summary>The process answers: whatever it waits for, killing it mends nothing.</summary>
    private static Task Live(HttpContext context) => Answer(context, new NodeHealth(true, NodeState.Idle, []), isLiveness: true);

    private static async Task<NodeHealth> OfNode(HttpContext context)
    {
        try
        {
            var node = context.RequestServices.GetRequiredService<INodeSource>().Find(context.Text("node"));
            return node is null
                ? new NodeHealth(false, NodeState.NotRunning, [StatusSentence.Word(NodeState.NotRunning)])
                : NodeHealth.Of(await node.Status.ReadReport().WaitAsync(Patience));
        }
        catch (Exception error) when (CallFaults.Of(error) != CallFault.Failed)
        {
            return new NodeHealth(false, NodeState.Starting, ["grains_do_not_answer"]);
        }
    }

    private static Task Answer(HttpContext context, NodeHealth health, bool isLiveness)
    {
        context.Response.StatusCode = health.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        return isLiveness
            ? context.Response.WriteAsync("""{"status":"live"}""")
            : JsonSerializer.SerializeAsync(context.Response.Body, health, ApiJson.Default.NodeHealth, context.RequestAborted);
    }
}
