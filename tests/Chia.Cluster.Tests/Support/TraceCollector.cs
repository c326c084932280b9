using System.Globalization;
using System.Net;
using System.Text;
using Chia.Silo.Hosting;

namespace Chia.Cluster.Tests.Support;

/// <summary>A span as a collector gets it.</summary>
/// <param name="Process">The process that sent it: its resource, instance id included.</param>
/// <param name="Trace">Which trace.</param>
/// <param name="Id">Its id.</param>
/// <param name="Parent">Its parent's; empty for none.</param>
/// <param name="Name">What was done.</param>
internal sealed record CollectedSpan(string Process, string Trace, string Id, string Parent, string Name);

/// <summary>A collector of OpenTelemetry: takes spans over HTTP in protobuf, and keeps them.</summary>
internal sealed class TraceCollector : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly List<CollectedSpan> _spans = [];
    private readonly Task _serving;

    public TraceCollector()
    {
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.FindRun(1)}");
        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _serving = Serve();
    }

    public string Url { get; }

    /// <summary>What makes a process send to it, soon.</summary>
    public (string Name, string Value)[] Environment =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", Url), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "100"),
    ];

    /// <summary>What came so far.</summary>
    public IReadOnlyList<CollectedSpan> Spans
    {
        get
        {
            lock (_spans)
                return [.. _spans];
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                if (context.Request.Url!.AbsolutePath == "/v1/traces")
                {
                    lock (_spans)
                        _spans.AddRange(Read(body.ToArray()));
                }

                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }

    /// <summary>ExportTraceServiceRequest: resource spans (1), each with a resource (1) and spans by scope (2); in those, spans
    /// (2).</summary>
    private static IEnumerable<CollectedSpan> Read(ReadOnlyMemory<byte> request) =>
        from ofProcess in Fields(request, 1)
        let process = string.Concat(Fields(ofProcess, 1).Select(resource => Convert.ToHexString(resource.Span)))
        from ofScope in Fields(ofProcess, 2)
        from span in Fields(ofScope, 2)
        let name = Encoding.UTF8.GetString(Fields(span, 5).First().Span)
        select new CollectedSpan(process, Hex(span, 1), Hex(span, 2), Hex(span, 4), name);

    private static string Hex(ReadOnlyMemory<byte> message, int field) =>
        Fields(message, field).Select(bytes => Convert.ToHexString(bytes.Span)).FirstOrDefault("");

    /// <summary>The values of a field that have a length.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, int field)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Number(message, ref at);
            var kind = (int)(tag & 7);
            var length = kind switch { 1 => 8, 5 => 4, 2 => (int)Number(message, ref at), _ => 0 };
            if (kind == 0)
                Number(message, ref at);
            if (kind == 2 && (int)(tag >> 3) == field)
                yield return message.Slice(at, length);
            at += length;
        }
    }

    private static ulong Number(ReadOnlyMemory<byte> message, ref int at)
    {
        var number = 0ul;
        for (var shift = 0; ; shift += 7)
        {
            var part = message.Span[at++];
            number |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return number;
        }
    }
}
