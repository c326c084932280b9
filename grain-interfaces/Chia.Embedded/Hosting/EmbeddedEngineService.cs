using Chia.Embedded.Engine;
using Microsoft.Extensions.Hosting;

namespace Chia.Embedded;

/// <summary>Starts the engine with the host, so that faults in grain classes are told at once, and stops it with the host.</summary>
internal sealed class EmbeddedEngineService(EmbeddedEngine engine) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
}
