using Orleans;

namespace Chia.Engine.Tests.Grains;

public interface IWorkerGrain : IGrainWithStringKey
{
    /// <summary>"begin x", the gate x; which activation it was.</summary>
    Task<Guid> Work(string name);
}
