using System.Collections.Concurrent;
using Orleans.Storage;

namespace Chia.Silo.Hosting.State;

/// <summary>Keeps states that need not outlive the process (stream subscriptions) as objects; nothing is copied or written.</summary>
internal sealed class MemoryGrainStorage : IGrainStorage
{
    private const string AnyVersion = "memory";

    private readonly ConcurrentDictionary<(string Name, GrainId Grain), object> _states = [];

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var isThere = _states.TryGetValue((stateName, grainId), out var state);
        Set(grainState, isThere ? (T)state! : Activator.CreateInstance<T>(), isThere);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _states[(stateName, grainId)] = grainState.State!;
        Set<T>(grainState, grainState.State, isThere: true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _states.TryRemove((stateName, grainId), out _);
        Set(grainState, Activator.CreateInstance<T>(), isThere: false);
        return Task.CompletedTask;
    }

    private static void Set<T>(IGrainState<T> grainState, T? state, bool isThere)
    {
        grainState.State = state!;
        grainState.RecordExists = isThere;
        grainState.ETag = isThere ? AnyVersion : null;
    }
}
