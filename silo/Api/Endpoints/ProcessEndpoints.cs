using System.Text;
using Chia.Silo.Api.Requests;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Node;

namespace Chia.Silo.Api.Endpoints;

/// <summary>The process that answers: its log, its levels, changed while it runs, and its end (OPERATIONS 2, 5).</summary>
internal static class ProcessEndpoints
{
    private const int UsualLines = 100;

    /// <summary>Categories with a level of their own: a few of the program's hundred, or every one.</summary>
    private const int MostCategories = 500;

    private static readonly Dictionary<string, LogLevel> Levels = Enum.GetValues<LogLevel>().ToDictionary(NameOf);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{ApiPaths.Prefix}/log-level", GetLevels);
        routes.MapPut($"{ApiPaths.Prefix}/log-level", SetLevel);
        routes.MapGet($"{ApiPaths.Prefix}/logs", Logs);
    }

    /// <summary>Ends the process in order.</summary>
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

    private static Task GetLevels(HttpContext context) => Answer(context, LevelsOf(context));

    private static async Task SetLevel(HttpContext context)
    {
        var request = await context.Body(ApiJson.Default.LogLevelRequest);
        if (request.Category.Length == 0)
            throw ApiException.BadParameter($"category must be a name such as Chia.Gateway, or {LogLevels.Default}");
        if (!Levels.TryGetValue(request.Level, out var level))
            throw ApiException.BadParameter($"level must be one of {string.Join(", ", Levels.Keys)}, not '{request.Level}'");
        var levels = LevelsOf(context);
        if (levels.All.Count >= MostCategories && !levels.All.ContainsKey(request.Category))
            throw ApiException.BadParameter($"{MostCategories} categories have a level already: set those");
        levels.Set(request.Category, level);
        await Answer(context, levels);
    }

    /// <summary>The newest lines as text, then those that come if they are wanted.</summary>
    private static async Task Logs(HttpContext context)
    {
        var most = (int)(context.Number("lines", 0, LogMemory.Capacity) ?? UsualLines);
        var follow = context.Choice("follow", "false", "true", "false") == "true";
        var memory = context.Node().Logs ?? throw ApiException.NotFound("this process keeps no log lines");
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        if (!follow)
        {
            foreach (var line in memory.Newest(most))
                await context.Response.WriteAsync(line + "\n");
            return;
        }

        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await context.Response.Body.FlushAsync(ending.Token);
            await foreach (var line in memory.Follow(most, ending.Token))
            {
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), ending.Token);
                await context.Response.Body.FlushAsync(ending.Token);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Nobody follows any more, or the node stops.
        }
    }

    private static LogLevels LevelsOf(HttpContext context) =>
        context.Node().Levels ?? throw ApiException.NotFound("the log levels of this process cannot be changed");

    private static Task Answer(HttpContext context, LogLevels levels) =>
        context.Answer(new LogLevelView(levels.All.ToDictionary(l => l.Key, l => NameOf(l.Value))), ApiJson.Default.LogLevelView);

    private static string NameOf(LogLevel level) => level.ToString().ToLowerInvariant();
}
