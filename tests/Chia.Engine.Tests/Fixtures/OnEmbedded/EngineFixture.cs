using Chia.Embedded;
using Chia.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Chia.Engine.Tests.Fixtures;

/// <summary>The Embedded engine in a host of its own, on a clock that the test moves.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    public const string Streams = "memory";

    /// <summary>Seconds, on the fixture's own clock, enough for any wait in these tests; only a test that fails takes so many.</summary>
    public const int MostSteps = 2000;

    private readonly ManualTime _time = new();
    private readonly IHost _host;

    public EngineFixture()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.AddEmbeddedEngine(options =>
        {
            options.CallTimeout = CallTimeout;
            options.CollectionAge = CollectionAge;
            options.CollectionQuantum = CollectionAge / 2;
            options.AddGrains(typeof(EngineFixture).Assembly).AddMemoryStateStore().AddMemoryStateStore("other").AddMemoryStreams(Streams);
        });
        _host = builder.Build();
    }

    /// <summary>How long a caller waits for an answer.</summary>
    public static TimeSpan CallTimeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation may be idle.</summary>
    public static TimeSpan CollectionAge { get; } = TimeSpan.FromMinutes(2);

    public IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    public async ValueTask InitializeAsync() => await _host.StartAsync();

    /// <summary>Lets this much time pass.</summary>
    public Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
