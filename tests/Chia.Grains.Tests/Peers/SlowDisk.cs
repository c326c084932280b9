using Chia.Grains.Tests.Support;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Chia.Grains.Tests.Peers;

/// <summary>A storage whose writes take as long as the test wants.</summary>
internal sealed class SlowDisk : IGrainStorage
{
    public Gate Writing { get; } = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.State = Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Writing.Pass();

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();
}
