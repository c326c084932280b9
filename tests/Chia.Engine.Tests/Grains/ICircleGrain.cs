using Orleans;

namespace Chia.Engine.Tests.Grains;

/// <summary>Grains that call each other in a circle.</summary>
public interface ICircleGrain : IGrainWithStringKey
{
    /// <summary>Has <paramref name="other"/> call back.</summary>
    Task CallThrough(ICircleGrain other, string journal);

    /// <summary>Notes "calling back" and calls <paramref name="caller"/>; nobody if null.</summary>
    Task CallBack(ICircleGrain? caller, string journal);
}
