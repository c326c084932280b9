using Orleans;
using Orleans.Concurrency;

namespace Chia.Engine.Tests.Grains;

/// <summary>A grain that answers or throws as it is told.</summary>
public interface IFaultGrain : IGrainWithStringKey
{
    Task<int> Value(int value);

    ValueTask<string?> Text(string? text);

    Task Fail(FaultPlace place, string message);

    ValueTask<int> FailWithValue(FaultPlace place, string message);

    Task FailThrough(IFaultGrain other, string message);

    [OneWay]
    Task FailUnheard(string message);

    /// <summary>Tells activations apart.</summary>
    Task<Guid> Activation();
}
