using Orleans;

namespace Chia.Engine.Tests.Grains;

/// <summary>One of two interfaces of a grain.</summary>
public interface IPairGrain : IGrainWithStringKey
{
    Task<string> Key();

    Task Set(string value);

    /// <summary>A reference to itself.</summary>
    Task<IPairGrain> Itself();

    Task<string> AskOther(IOtherPairGrain other);

    /// <summary>Has <paramref name="far"/> ask this grain, which must let that in while it waits.</summary>
    Task<string> AskSelfThrough(IPairGrain far);
}
