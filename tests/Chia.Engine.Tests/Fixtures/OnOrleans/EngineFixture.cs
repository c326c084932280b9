using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Chia.Engine.Tests.Fixtures;

/// <summary>Microsoft Orleans: a silo and a client in this process, on the real clock, with short times.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    public const string Streams = "memory";

    /// <summary>Seconds enough for any wait in these tests; only a test that fails takes so many.</summary>
    public const int MostSteps = 90;

    private readonly InProcessTestCluster _cluster;
    private readonly TimeProvider _clock = TimeProvider.System;
    private bool _stopped;

    public EngineFixture()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorageAsDefault();
            silo.AddMemoryGrainStorage("other");
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.AddMemoryStreams(Streams);
            silo.Services.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = CallTimeout);
            silo.Services.Configure<GrainCollectionOptions>(o =>
            {
                o.CollectionAge = CollectionAge;
                o.CollectionQuantum = CollectionAge / 2;
                o.ActivationTimeout = CallTimeout;
                o.DeactivationTimeout = CallTimeout;
            });
        });
        builder.ConfigureClient(client =>
        {
            client.AddMemoryStreams(Streams);
            client.Services.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = CallTimeout);
        });
        _cluster = builder.Build();
    }

    /// <summary>How long a caller waits for an answer. More than the five seconds for which Orleans holds on to a failed activation.</summary>
    public static TimeSpan CallTimeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an activation may be idle.</summary>
    public static TimeSpan CollectionAge { get; } = TimeSpan.FromSeconds(4);

    public IClusterClient Client => _cluster.Client;

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    /// <summary>Lets this much time pass.</summary>
    public Task PassAsync(TimeSpan time) => Task.Delay(time, _clock);

    public Task StopAsync()
    {
        _stopped = true;
        return _cluster.StopAllSilosAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
            await StopAsync();
        await _cluster.DisposeAsync();
    }
}
