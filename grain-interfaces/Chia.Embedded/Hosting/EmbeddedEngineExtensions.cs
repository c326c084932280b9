using Chia.Embedded.Engine;
using Chia.Embedded.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Streams;

namespace Chia.Embedded;

/// <summary>Adds the engine to a host.</summary>
public static class EmbeddedEngineExtensions
{
    /// <summary>
    /// Adds the engine: <see cref="IGrainFactory"/>, <see cref="IClusterClient"/>, the stream providers and state stores under
    /// their names. To be called before the services that call grains are added: the host stops services in the opposite order.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="configure">Names the assemblies with grains, the stores and the stream providers.</param>
    /// <returns>The host.</returns>
    public static IHostApplicationBuilder AddEmbeddedEngine(this IHostApplicationBuilder builder, Action<EmbeddedEngineOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddEmbeddedEngine(configure);
        return builder;
    }

    /// <inheritdoc cref="AddEmbeddedEngine(IHostApplicationBuilder, Action{EmbeddedEngineOptions})"/>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Names the assemblies with grains, the stores and the stream providers.</param>
    public static IServiceCollection AddEmbeddedEngine(this IServiceCollection services, Action<EmbeddedEngineOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new EmbeddedEngineOptions();
        configure(options);
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<EmbeddedEngine>();
        services.AddSingleton<StreamTable>();
        services.AddSingleton<IGrainFactory>(static s => s.GetRequiredService<EmbeddedEngine>());
        services.AddSingleton<IClusterClient>(static s => s.GetRequiredService<EmbeddedEngine>());
        services.AddHostedService<EmbeddedEngineService>();
        foreach (var (name, store) in options.StateStores)
            services.AddKeyedSingleton<IGrainStateStore>(name, (s, _) => store(s));
        foreach (var name in options.StreamProviders)
            services.AddKeyedSingleton<IStreamProvider>(name, (s, _) => new MemoryStreamProvider(s.GetRequiredService<StreamTable>(), name));
        return services;
    }
}
