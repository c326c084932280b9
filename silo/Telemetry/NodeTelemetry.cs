using Chia.Silo.Api.Requests;
using Chia.Silo.Status;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Chia.Silo.Telemetry;

/// <summary>
/// Metrics for who scrapes, and metrics and traces for a collector if one is configured (OPERATIONS 4). Nothing is made before it is
/// wanted: a start waits for none of it, and without a listener an instrument costs nothing.
/// </summary>
internal sealed class NodeTelemetry : IDisposable
{
    /// <summary>Seconds: from a commit to a slow proof of time.</summary>
    private static readonly double[] Buckets = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

    private readonly INodeSource _nodes;
    private readonly Lock _lock = new();
    private NodeMetrics? _metrics;
    private MeterProvider? _meters;
    private TracerProvider? _traces;
    private RequestDelegate? _scrape;

    public NodeTelemetry(INodeSource nodes) => _nodes = nodes;

    /// <summary>A collector is configured.</summary>
    public static bool HasCollector => Environment.GetEnvironmentVariable(TelemetryNames.OtlpVariable) is { Length: > 0 };

    /// <summary>Puts <c>/metrics</c> into a pipeline.</summary>
    public static void Map(WebApplication app) => app.MapGet("/metrics", async context =>
    {
        var telemetry = context.RequestServices.GetRequiredService<NodeTelemetry>();
        var scrape = telemetry.Scrape(app);
        await telemetry._metrics!.Refresh();
        await scrape(context);
    });

    /// <summary>Begins to count, and to send if a collector is configured.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            if (_meters is not null)
                return;
            _metrics = new NodeMetrics(_nodes);
            var meters = Sdk.CreateMeterProviderBuilder()
                .ConfigureResource(Describe)
                .AddMeter(TelemetryNames.Chia, TelemetryNames.Orleans)
                .AddView(View)
                // An answer of a moment ago misses what an event has told since.
                .AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0);
            if (HasCollector)
            {
                meters.AddOtlpExporter();
                _traces = Sdk.CreateTracerProviderBuilder()
                    .ConfigureResource(Describe)
                    .AddSource(TelemetryNames.Chia, "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application")
                    .AddOtlpExporter()
                    .Build();
            }

            _meters = meters.Build();
        }
    }

    public void Dispose()
    {
        _meters?.Dispose();
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private RequestDelegate Scrape(WebApplication app)
    {
        Begin();
        lock (_lock)
        {
            if (_scrape is not null)
                return _scrape;
            var pipeline = ((IApplicationBuilder)app).New();
            pipeline.UseOpenTelemetryPrometheusScrapingEndpoint(_meters, _ => true, null, null, null);
            return _scrape = pipeline.Build();
        }
    }

    /// <summary>Several nodes of a process have figures of their own each: those of others are left to others.</summary>
    private MetricStreamConfiguration? View(System.Diagnostics.Metrics.Instrument instrument) =>
        instrument.Meter.Scope is NodeMetrics other && other != _metrics ? MetricStreamConfiguration.Drop
        : instrument is { Unit: "s", Meter.Name: TelemetryNames.Chia }
            && instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal)
            ? new ExplicitBucketHistogramConfiguration { Boundaries = Buckets }
        : null;

    private static void Describe(ResourceBuilder resource) => resource.AddService("chia", serviceVersion: ProgramVersion.Text);
}
