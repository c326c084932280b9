using Orleans;

namespace Chia.Engine.Tests.Embedded.Grains;

public interface IAgeGrain : IGrainWithStringKey
{
    /// <summary>Tells activations apart.</summary>
    Task<Guid> Activation();
}
