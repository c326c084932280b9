using System.Text.Json;
using Orleans.Storage;

namespace Chia.Silo.Hosting;

/// <summary>The node's state files as a storage provider of Orleans.</summary>
internal sealed class FileGrainStorage(StateFiles files) : IGrainStorage, IDisposable
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var found = await files.Read(NameOf(stateName, grainId), CancellationToken.None);
        grainState.State = (found is { } record ? JsonSerializer.Deserialize<T>(record.Json) : default) ?? Activator.CreateInstance<T>();
        grainState.RecordExists = found is not null;
        grainState.ETag = found?.Etag;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(grainState.State);
        grainState.ETag = await files.Write(NameOf(stateName, grainId), json, grainState.ETag, CancellationToken.None);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await files.Clear(NameOf(stateName, grainId), grainState.ETag, CancellationToken.None);
        grainState.State = Activator.CreateInstance<T>();
        grainState.RecordExists = false;
        grainState.ETag = null;
    }

    public void Dispose() => files.Dispose();

    private static string NameOf(string stateName, GrainId grain) => $"{grain.Type}.{grain.Key}.{stateName}";
}
