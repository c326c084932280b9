using Chia.Protocol.Primitives;
using Orleans.Services;

namespace Chia.GrainInterfaces.Clusters;

/// <summary>Answers for the cluster as a whole; key 0. Lives anywhere: tools, which are clients, cannot ask silos.</summary>
[Alias("chia.IClusterGrain"), Version(1)]
public interface IClusterGrain : IGrainWithIntegerKey
{
    /// <summary>The silos with their roles, and where what there is once a node lives.</summary>
    /// <param name="nodes">The nodes asked about.</param>
    [Alias("GetReport"), ReadOnly, ResponseTimeout(AnswerTime.Disk)]
    Task<ClusterReport> GetReport(NodeName[] nodes);

    /// <summary>Tells a silo to hand over its work and to end. False if no silo has that name.</summary>
    [Alias("Drain"), ResponseTimeout(AnswerTime.Disk)]
    Task<bool> Drain(string silo);
}

/// <summary>One silo, for the others.</summary>
[Alias("chia.ISiloService"), Version(1)]
public interface ISiloService : IGrainService
{
    /// <summary>Hands over its work and ends, as if the process had been told to stop.</summary>
    [Alias("Drain"), ResponseTimeout(AnswerTime.Memory)]
    Task Drain();
}
