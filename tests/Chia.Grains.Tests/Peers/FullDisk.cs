using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Chia.Grains.Tests.Peers;

/// <summary>A storage on a disk without room.</summary>
internal sealed class FullDisk : IGrainStorage
{
    public int Attempts { get; private set; }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.State = Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Attempts++;
        throw new IOException("no space left on device");
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();
}
