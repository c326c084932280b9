using Chia.GrainInterfaces.Clusters;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Clusters;

/// <summary>This silo, for the others.</summary>
internal sealed class SiloService(GrainId id, Silo silo, ILoggerFactory logs, IHostApplicationLifetime process)
    : GrainService(id, silo, logs), ISiloService
{
    /// <inheritdoc/>
    public Task Drain()
    {
        process.StopApplication();
        return Task.CompletedTask;
    }
}

/// <summary>The silos, for grains.</summary>
internal sealed class SiloServices(IServiceProvider services) : Orleans.Runtime.Services.GrainServiceClient<ISiloService>(services)
{
    public ISiloService Of(SiloAddress silo) => GetGrainService(silo);
}
