using Chia.Silo.Api.Shapes;
using Chia.Silo.Status;

namespace Chia.Silo.Api;

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

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(LivePath, Live);
        routes.MapGet(ReadyPath, Ready);
    }

    /// <summary>The process answers: whatever it waits for, killing it mends nothing.</summary>
    public static Task Live(HttpContext context) => Answer(context, HealthView.Live);

    /// <summary>Answers 200 or 503.</summary>
    public static Task Answer(HttpContext context, HealthView health)
    {
        context.Response.StatusCode = health.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return context.Answer(health, ApiJson.Default.HealthView);
    }

    private static async Task Ready(HttpContext context)
    {
        NodeHealth health;
        try
        {
            var node = context.RequestServices.GetRequiredService<INodeSource>().Find(context.Text("node"));
            health = node is null
                ? new NodeHealth(false, NodeState.NotRunning, [StatusSentence.Word(NodeState.NotRunning)])
                : NodeHealth.Of(await node.Status.ReadReport().WaitAsync(Patience));
        }
        catch (Exception error) when (
            error is TimeoutException or OrleansException or ObjectDisposedException or OperationCanceledException)
        {
            health = new NodeHealth(false, NodeState.Starting, ["grains_do_not_answer"]);
        }

        await Answer(context, HealthView.Of(health.Reasons) with { State = health.State });
    }
}
