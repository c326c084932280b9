using Orleans;

namespace Chia.Engine.Tests.Grains;

public interface ISchedulerGrain : IGrainWithStringKey
{
    /// <summary>Looks on whose scheduler it runs, before and after waiting at the gate "go".</summary>
    Task<SchedulerLook> Look();
}
