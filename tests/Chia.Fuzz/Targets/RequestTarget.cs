using System.Text;
using Chia.Fuzz.Driver;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Chia.Fuzz.Targets;

/// <summary>
/// Requests of the API: methods, paths, queries, headers, bodies, the parameters of event streams. Each is answered, or refused with a
/// problem that says what was wrong; none is an internal error. The grains behind it answer with next to nothing.
/// </summary>
internal sealed class RequestTarget() : FuzzTarget("requests")
{
    private static readonly Lazy<(RequestDelegate Answer, IServiceProvider Services)> Api = new(AnsweringApi.Build);

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        .. new[]
        {
            "GET /api/v1/blocks?before=17&limit=50&branch=all&node=main",
            "GET /api/v1/blocks/tip",
            "GET /api/v1/blocks/12\nIf-None-Match: \"x\", W/\"y\", *",
            $"GET /api/v1/blocks/{new string('a', 64)}/raw",
            $"POST /api/v1/blocks/{new string('0', 64)}/verify",
            "GET /api/v1/tree?from=3&to=9",
            "GET /api/v1/series?metrics=difficulty,netspace&points=500&from=0&to=4294967295",
            "GET /api/v1/export.csv?from=0&to=7&branch=main",
            "GET /api/v1/export.jsonl?branch=all",
            "GET /api/v1/farm/challenges?limit=20",
            "GET /api/v1/peers?role=full_node",
            "POST /api/v1/peers\nContent-Type: application/json\n\n{\"address\":\"203.0.113.7:8444\"}",
            "DELETE /api/v1/peers/0123",
            "POST /api/v1/bans\nContent-Type: application/json\n\n{\"address\":\"203.0.113.7\",\"seconds\":60.5}",
            "DELETE /api/v1/bans/2001:db8::1",
            "PUT /api/v1/log-level\n\n{\"category\":\"Chia.Gateway\",\"level\":\"debug\"}",
            "GET /api/v1/logs?lines=10&follow=true",
            "GET /api/v1/events?types=tip,block&role=timelord&peer=x&since=5\nLast-Event-ID: 12",
            "GET /api/v1/network",
            "GET /Api/v1/events?since=x", // routes care for no case
            "GET /health/ready?node=main",
            "GET /health/ready?node=main&node=other",
            "GET /page/../index.html",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public override int ShortRun => 10_000;

    /// <summary>A request's objects, and answers of some kilobytes.</summary>
    public override long AllocationFactor => 4096;

    public override long AllocationBase => 2 * 1024 * 1024;

    public override void Run(byte[] input)
    {
        var (head, body) = Split(input);
        var lines = Encoding.UTF8.GetString(head).Split('\n');
        var words = lines[0].Split(' ', 2);
        var target = (words.Length > 1 ? words[1] : "").Split('?', 2);
        using var gone = new CancellationTokenSource();
        var context = new DefaultHttpContext { RequestServices = Api.Value.Services, RequestAborted = gone.Token };
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(new Watcher(gone)));
        var request = context.Request;
        request.Method = words[0];
        request.Host = new HostString("127.0.0.1:8555");
        request.Path = new PathString("/" + Uri.UnescapeDataString(target[0]).TrimStart('/'));
        request.QueryString = target.Length > 1 ? new QueryString("?" + target[1]) : default;
        foreach (var header in lines.Skip(1).Select(line => line.Split(':', 2)).Where(header => header is [{ Length: > 0 }, _]))
            request.Headers.Append(header[0], header[1].Trim());
        request.Body = new MemoryStream(body);
        Api.Value.Answer(context).GetAwaiter().GetResult();
        Promise.That(context.Response.StatusCode is >= 200 and < 500 or 503, $"no request is an internal error: {lines[0]}");
    }

    private static (byte[] Head, byte[] Body) Split(byte[] input)
    {
        var at = input.AsSpan().IndexOf("\n\n"u8);
        return at < 0 ? (input, []) : (input[..at], input[(at + 2)..]);
    }

    /// <summary>Whoever watches what goes on goes away at the first sign of life.</summary>
    private sealed class Watcher(CancellationTokenSource gone) : MemoryStream
    {
        public override void Flush() => gone.Cancel();

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            gone.Cancel();
            return Task.CompletedTask;
        }
    }
}
