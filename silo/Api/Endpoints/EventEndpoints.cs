using System.Globalization;
using System.Text;
using System.Text.Json;
using Chia.Silo.Api.Answers;
using Chia.Silo.Api.Requests;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Node;

namespace Chia.Silo.Api.Endpoints;

/// <summary>Server-sent events: what happens, as it happens (OPERATIONS 3).</summary>
internal static class EventEndpoints
{
    /// <summary>Most watchers at one time: each holds a connection and a place in the event grain.</summary>
    private const int MostWatchers = 100;

    /// <summary>How often an idle stream sends a sign of life: proxies close connections that are silent for a minute.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private static int _watchers;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet($"{ApiPaths.Prefix}/events", Watch);

    private static async Task Watch(HttpContext context)
    {
        var kinds = EventTypes.Parse(context.Choices("types", EventTypes.All));
        var role = context.Text("role") is null ? null : context.Choice("role", "", [.. RoleNames.All]);
        var peer = context.Text("peer");
        var last = LastKnown(context);
        var node = context.Node();
        try
        {
            if (Interlocked.Increment(ref _watchers) > MostWatchers)
                throw new ApiException(StatusCodes.Status503ServiceUnavailable, ProblemCode.Unavailable, $"{MostWatchers} watch already");
            await using var stream = await EventStream.Open(node, kinds, last);
            await Send(context, stream, e => (role is null || e.Role == role || e.PeerRole == role) && (peer is null || e.Peer == peer));
        }
        catch (OperationCanceledException) when (context.Response.HasStarted)
        {
            // The watcher went away, or the node stops.
        }
        finally
        {
            Interlocked.Decrement(ref _watchers);
        }
    }

    private static async Task Send(HttpContext context, EventStream stream, Func<EventView, bool> filter)
    {
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        await Write(context, ": watching\n\n", ending.Token);
        var renewed = time.GetTimestamp();
        while (!ending.IsCancellationRequested)
        {
            var happened = await stream.Next(Heartbeat, time, ending.Token);
            if (time.GetElapsedTime(renewed) >= Heartbeat)
            {
                await stream.Renew();
                renewed = time.GetTimestamp();
            }

            if (happened is null)
                await Write(context, ": alive\n\n", ending.Token);
            else if (EventView.Of(happened) is var view && filter(view))
                await Write(
                    context, $"id: {view.Id}\nevent: {view.Type}\ndata: {JsonSerializer.Serialize(view, ApiJson.Default.EventView)}\n\n",
                    ending.Token);
        }
    }

    private static async Task Write(HttpContext context, string text, CancellationToken cancellation)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
        await context.Response.Body.FlushAsync(cancellation);
    }

    /// <summary>
    /// The id of the last event that the watcher has: browsers send it by themselves when they reconnect; <c>since</c> is for programs
    /// that cannot set headers.
    /// </summary>
    private static long? LastKnown(HttpContext context)
    {
        if (context.Request.Headers["Last-Event-ID"] is not [{ Length: > 0 } text])
            return context.Number("since", 0, long.MaxValue);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiException.BadParameter($"Last-Event-ID must be the id of an event, not '{text}'");
    }
}
