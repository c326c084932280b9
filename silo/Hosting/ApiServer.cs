using Chia.Silo.Api;
using Chia.Silo.Api.Requests;
using Chia.Silo.Node;
using Chia.Silo.Telemetry;

namespace Chia.Silo.Hosting;

/// <summary>The API of several nodes that run in this process, at one address.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiServer(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public string Url => ApiPort.Url(_app.Services);

    /// <param name="port">Where to listen.</param>
    /// <param name="nodes">Whom it answers for.</param>
    /// <param name="logging">Where log lines go.</param>
    /// <param name="more">Adds what it answers beside the API.</param>
    /// <param name="cancellation">Ends the start.</param>
    public static async Task<ApiServer> Start(
        ApiPort port, INodeSource nodes, Action<ILoggingBuilder> logging, Action<IEndpointRouteBuilder> more,
        CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        NodeLogging.QuietServer(builder.Logging);
        logging(builder.Logging);
        builder.Services.AddSingleton(nodes);
        builder.Services.AddSingleton<NodeTelemetry>();
        builder.Services.AddSingleton(TimeProvider.System);
        ApiEndpoints.AddServices(builder.Services);
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.CreateBoundListenSocket = port.Bind).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(port.EndPoint);
        });
        var app = builder.Build();
        ApiEndpoints.Map(app);
        NodeTelemetry.Map(app);
        more(app);
        try
        {
            await app.StartAsync(cancellation);
            return new ApiServer(app);
        }
        catch (Exception error)
        {
            await app.DisposeAsync();
            throw StartFault.Explain(error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
