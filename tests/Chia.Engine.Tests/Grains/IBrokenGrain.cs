using Orleans;

namespace Chia.Engine.Tests.Grains;

public interface IBrokenGrain : IGrainWithStringKey
{
    Task Call();
}
