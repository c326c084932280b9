using System.Net;
using Chia.Gateway.Configuration;
using Chia.Silo.Api;
using Chia.Silo.Api.Endpoints;
using Chia.Silo.Api.Guards;
using Chia.Silo.Api.Requests;
using Chia.Silo.Clusters.Database;
using Chia.Silo.Clusters.Definition;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Chia.Silo.Status;
using Chia.Silo.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Chia.Silo.Clusters;

/// <summary>A silo or gateway that runs in this process.</summary>
internal sealed class ClusterProcess : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<IServiceProvider, string> _describe;

    private ClusterProcess(WebApplication app, Func<IServiceProvider, string> describe) => (_app, _describe) = (app, describe);

    public IServiceProvider Services => _app.Services;

    /// <summary>Where health, metrics and the API are.</summary>
    public string Http => $"http://{Services.GetRequiredService<HttpPort>().Listen!.IPEndPoint}";

    /// <summary>Ports in one line, name=value, for people and scripts.</summary>
    public string Describe() => $"{_describe(Services)} http={Http}";

    /// <summary>What both kinds have: logging, a limit for ending, the HTTP port.</summary>
    public static WebApplicationBuilder CreateBuilder(ClusterDefinition cluster, ProcessPlace place)
    {
        DatabaseThreads.Allow(cluster);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ClusterEnvironment.ShutdownTime);
        builder.Logging.SetMinimumLevel(cluster.LogLevel).QuietOrleans();
        var log = LogOf(cluster, place);
        NodeLogging.To(builder.Logging, log);
        NodeLogging.KeepLines(builder.Logging, log);
        builder.Services.AddSingleton(cluster);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<INodeSource, ClusterNodes>();
        builder.Services.AddSingleton<NodeTelemetry>();
        builder.Services.AddSingleton<HttpPort>();
        if (cluster.Path.Length > 0)
        {
            builder.Services.AddSingleton(services => Watched(services, cluster.Path, place));
            builder.Services.AddHostedService<ConfigurationWatch>();
        }

        ApiEndpoints.AddServices(builder.Services);
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.MaxReadBufferSize = GatewayLimits.ReceiveBuffer)
            .ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(
                cluster.Ports.HttpAddress.Equals(IPAddress.IPv6Any) ? IPAddress.Any : cluster.Ports.HttpAddress,
                place.HttpPortOf(cluster),
                listen => kestrel.ApplicationServices.GetRequiredService<HttpPort>().Listen = listen);
        });
        return builder;
    }

    private static LogSettings LogOf(ClusterDefinition cluster, ProcessPlace place) =>
        place.Log with { Level = place.LogLevel ?? cluster.LogLevel, Levels = cluster.LogLevels };

    /// <summary>What of the cluster's file takes effect at once: levels of log lines, and on gateways the peers that are kept
    /// connected.</summary>
    private static WatchedFile Watched(IServiceProvider services, string path, ProcessPlace place) => new(
        path,
        () =>
        {
            var changed = ClusterFile.Read(path);
            services.GetRequiredService<LogLevels>().Set(LogOf(changed, place));
            if (services.GetService<NodeGateways>() is { } gateways)
            {
                foreach (var node in place.NodesOf(changed))
                    gateways.SetPeers(node.Name, ClusterSettings.OnGateway(changed, node, place.Shift).Roles);
            }

            return true;
        });

    /// <param name="builder">What it is made of.</param>
    /// <param name="fault">Why it is not ready; null if it is.</param>
    /// <param name="more">Adds what it answers beside API, metrics and probes.</param>
    /// <param name="describe">Its ports beside that of HTTP, name=value.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <returns>Null if it was told to stop before it was ready.</returns>
    /// <exception cref="UserException">A port is in use, or the database cannot be used: the driver's fault is within.</exception>
    public static async Task<ClusterProcess?> Start(
        WebApplicationBuilder builder, Func<IServiceProvider, Task<string?>> fault, Action<WebApplication> more,
        Func<IServiceProvider, string> describe, CancellationToken cancellation)
    {
        var app = builder.Build();
        var cluster = app.Services.GetRequiredService<ClusterDefinition>();
        ApiEndpoints.Map(
            app, TokenRule.For(cluster.Ports.HttpAddress, cluster.ApiToken), routes =>
                HealthEndpoints.Map(routes, _ => HealthOf(app, fault)));
        NodeTelemetry.Map(app);
        more(app);
        // Who is to be told of metrics and traces is told from the start; else counting begins with the first look.
        if (NodeTelemetry.HasCollector)
            app.Lifetime.ApplicationStarted.Register(() => Task.Run(app.Services.GetRequiredService<NodeTelemetry>().Begin));
        var levels = app.Services.GetRequiredService<LogLevels>();
        levels.Silence(ClusterOrleans.TellsOfTheStart);
        app.Lifetime.ApplicationStarted.Register(() => levels.Silence());
        try
        {
            using var starting = CancellationTokenSource.CreateLinkedTokenSource(cancellation, app.Lifetime.ApplicationStopping);
            await app.StartAsync(starting.Token);
            return new ClusterProcess(app, describe);
        }
        catch (Exception error)
        {
            // Orleans calls off what it was asking of a silo that went: only our own token tells that nobody wants the process.
            var wasStopped = cancellation.IsCancellationRequested || app.Lifetime.ApplicationStopping.IsCancellationRequested;
            await app.StopAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await app.DisposeAsync();

            // Told to stop while it still waited for the cluster.
            if (error is OperationCanceledException && wasStopped)
                return null;
            throw DatabaseFault.Behind(error) is { } away
                ? DatabaseFault.Complaint(cluster.Database, away)
                : StartFault.Explain(error);
        }
    }

    /// <summary>Whether a platform sends it work (CLUSTER 6). One that is told to stop hands its work over.</summary>
    private static async Task<NodeHealth> HealthOf(WebApplication app, Func<IServiceProvider, Task<string?>> fault)
    {
        if (app.Lifetime.ApplicationStopping.IsCancellationRequested)
            return new NodeHealth(false, NodeState.Stopping, [StatusSentence.Word(NodeState.Stopping)]);
        return await fault(app.Services) is { } reason
            ? new NodeHealth(false, NodeState.Starting, [reason])
            : new NodeHealth(true, NodeState.Idle, []);
    }

    /// <summary>Completes when the process is told to stop and has handed over its work.</summary>
    public Task WaitForShutdown() => _app.WaitForShutdownAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>What Kestrel made of the HTTP port.</summary>
    private sealed class HttpPort
    {
        public ListenOptions? Listen { get; set; }
    }
}
