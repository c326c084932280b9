using Orleans;
using Orleans.Concurrency;

namespace Chia.Engine.Tests.Grains;

/// <summary>A grain that subscribes to the stream of its name, and notes items under the name it is told.</summary>
public interface ISubscriberGrain : IGrainWithStringKey
{
    Task Subscribe(string subscriber);

    /// <summary>Takes up the subscriptions that there are; how many.</summary>
    Task<int> Resume(string subscriber);

    Task Unsubscribe();

    Task Publish(string item);

    /// <summary>Whether all items came on the grain's turns.</summary>
    Task<bool> WasOnGrain();

    /// <summary>"begin", the gate "work", "end".</summary>
    Task Work();

    /// <summary>Ends this activation.</summary>
    Task End();

    [AlwaysInterleave]
    Task Arrived();
}
