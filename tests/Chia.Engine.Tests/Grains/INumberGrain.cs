using Orleans;

namespace Chia.Engine.Tests.Grains;

public interface INumberGrain : IGrainWithIntegerKey
{
    Task<long> Key();
}
