using Orleans;
using Orleans.Concurrency;

namespace Chia.Engine.Tests.Grains;

/// <summary>The other of two interfaces of a grain.</summary>
public interface IOtherPairGrain : IGrainWithStringKey
{
    [AlwaysInterleave]
    Task<string> Get();
}
