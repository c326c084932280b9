using Orleans;

namespace Chia.Engine.Tests.Grains;

/// <summary>Where a method throws.</summary>
[GenerateSerializer]
public enum FaultPlace
{
    AtOnce,
    AfterAwait,
}
