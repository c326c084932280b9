using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;
using Chia.Silo.Api.Requests;
using Chia.Silo.Node;
using Chia.Silo.Status;
using Chia.Silo.Telemetry;

namespace Chia.Silo.Hosting;

/// <summary>A node that runs in this process.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RpcNote _note;
    private bool _stopped;

    public RunningNode(WebApplication app, NodeSettings settings, RpcNote note)
    {
        _app = app;
        _note = note;
        Settings = settings;
    }

    public NodeSettings Settings { get; }

    /// <summary>Address of the local RPC.</summary>
    public string RpcUrl => _note.Url;

    public IClusterClient Cluster => _app.Services.GetRequiredService<IClusterClient>();

    public IBlockchainGrain Chain => field ??= Cluster.GetGrain<IBlockchainGrain>(NodeKey.Of(Settings.Name));

    /// <summary>The node as its API knows it.</summary>
    public ApiNode Api => _app.Services.GetRequiredService<INodeSource>().Find(null)!;

    /// <summary>What its HTTP port answers: <c>METHOD /path</c> each.</summary>
    public IEnumerable<string> Endpoints =>
        ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .SelectMany(
            e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            .Select(method => $"{method} /{e.RoutePattern.RawText!.TrimStart('/')}"));

    /// <summary>Port of a role.</summary>
    public int PortOf(Role role)
    {
        var ports = _app.Services.GetRequiredService<NodeGateways>().Ports;
        for (var i = 0; i < Settings.Roles.Count; i++)
        {
            if (Settings.Roles[i].Role == role)
                return ports[i];
        }

        throw new InvalidOperationException($"this node has no role {role}");
    }

    public Task<NodeStatus> GetStatus() => _app.Services.GetRequiredService<StatusReader>().ReadNow();

    /// <summary>It has been told to stop: its grains may not answer any more.</summary>
    public bool IsStopping => _app.Lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>How far it has come.</summary>
    public IHostApplicationLifetime Lifetime => _app.Lifetime;

    /// <summary>Counts from now on what metrics tell, and not from the first look at them on. Making the instruments takes a tenth of a
    /// start's processor time, so a start does not wait for it.</summary>
    public void BeginCounting() => _app.Services.GetRequiredService<NodeTelemetry>().Begin();

    /// <summary>As if the process had been told to stop.</summary>
    public void RequestStop() => _app.Lifetime.StopApplication();

    /// <summary>Completes when the process is told to stop.</summary>
    public Task WaitForShutdown() => _app.WaitForShutdownAsync();

    /// <summary>Closes connections, then the listener, then the grains.</summary>
    public async Task Stop()
    {
        if (_stopped)
            return;
        _stopped = true;
        await _app.StopAsync();
        _note.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await _app.DisposeAsync();
    }
}
