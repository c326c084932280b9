using Chia.Embedded;
using Chia.Engine.Tests.Fixtures;
using Chia.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Chia.Engine.Tests.Embedded;

/// <summary>A host of the engine that a test sets up itself.</summary>
internal sealed class EmbeddedHost : IAsyncDisposable
{
    private readonly IHost _host;

    private EmbeddedHost(Action<EmbeddedEngineOptions>? configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.AddEmbeddedEngine(options =>
        {
            options.AddGrains(typeof(EmbeddedHost).Assembly).AddMemoryStreams(EngineFixture.Streams);
            configure?.Invoke(options);
        });
        _host = builder.Build();
    }

    public ManualTime Time { get; } = new();

    public IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    public static async Task<EmbeddedHost> StartAsync(Action<EmbeddedEngineOptions>? configure = null)
    {
        var host = new EmbeddedHost(configure);
        await host._host.StartAsync();
        return host;
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
