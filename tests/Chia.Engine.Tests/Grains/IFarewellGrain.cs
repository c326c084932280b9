using Orleans;

namespace Chia.Engine.Tests.Grains;

/// <summary>A grain that calls another when it ends, and notes "answered" or "refused": either way it ends.</summary>
public interface IFarewellGrain : IGrainWithStringKey
{
    Task Begin();
}
