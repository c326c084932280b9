using Orleans;

namespace Chia.Engine.Tests.Embedded.Grains;

/// <summary>A grain each of whose activations ends before it takes a call.</summary>
public interface IShyGrain : IGrainWithStringKey
{
    Task Call();
}
