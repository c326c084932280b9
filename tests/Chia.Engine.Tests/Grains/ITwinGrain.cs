using Orleans;

namespace Chia.Engine.Tests.Grains;

/// <summary>An interface that two classes implement.</summary>
public interface ITwinGrain : IGrainWithStringKey
{
    Task<string> Which();
}
