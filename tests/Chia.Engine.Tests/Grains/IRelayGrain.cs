using Orleans;

namespace Chia.Engine.Tests.Grains;

/// <summary>A grain that calls a callback object.</summary>
public interface IRelayGrain : IGrainWithStringKey
{
    Task<string> Ask(IListener listener, string text);

    /// <summary>Tells the numbers from zero on, and "last".</summary>
    Task TellMany(IListener listener, int count);
}
