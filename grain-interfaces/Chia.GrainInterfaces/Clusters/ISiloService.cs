using Orleans.Services;

namespace Chia.GrainInterfaces.Clusters;

/// <summary>One silo, for the others.</summary>
[Alias("chia.ISiloService"), Version(1)]
public interface ISiloService : IGrainService
{
    /// <summary>Hands over its work and ends, as if the process had been told to stop.</summary>
    [Alias("Drain"), ResponseTimeout(AnswerTime.Memory)]
    Task Drain();
}
