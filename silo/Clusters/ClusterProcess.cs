using System.Net;
using Chia.Gateway.Configuration;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
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
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ClusterEnvironment.ShutdownTime);
        builder.Logging.SetMinimumLevel(cluster.LogLevel).QuietOrleans();
        NodeLogging.ToConsole(builder.Logging);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<HttpPort>();
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

    /// <returns>Null if it was told to stop before it was ready.</returns>
    /// <exception cref="UserException">A port is in use.</exception>
    public static async Task<ClusterProcess?> Start(
        WebApplicationBuilder builder, Action<WebApplication> map, Func<IServiceProvider, string> describe, CancellationToken cancellation)
    {
        var app = builder.Build();
        app.UseRouting();
        map(app);
        try
        {
            using var starting = CancellationTokenSource.CreateLinkedTokenSource(cancellation, app.Lifetime.ApplicationStopping);
            await app.StartAsync(starting.Token);
            return new ClusterProcess(app, describe);
        }
        catch (Exception error)
        {
            await app.StopAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await app.DisposeAsync();

            // Told to stop while it still waited for the cluster.
            if (error is OperationCanceledException)
                return null;
            throw StartFault.Explain(error);
        }
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
