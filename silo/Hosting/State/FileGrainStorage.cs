using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Chia.Grains.Peers;
using Orleans.Storage;

namespace Chia.Silo.Hosting.State;

/// <summary>
/// Orleans' storage provider over the node's state files. A damaged file is set aside and its grain begins anew: what is kept here can
/// be learnt again, while a grain that does not start would stop the node.
/// </summary>
internal sealed class FileGrainStorage(StateFiles files, ILogger<FileGrainStorage> log) : IGrainStorage, IDisposable
{
    /// <summary>A null where the type has none was not written here.</summary>
    private static readonly JsonSerializerOptions Format = new()
    {
        RespectNullableAnnotations = true,
        TypeInfoResolver = JsonTypeInfoResolver.Combine(StoredState.Json, new DefaultJsonTypeInfoResolver()),
    };

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var name = NameOf(stateName, grainId);
        var (state, etag) = await Read<T>(name);
        grainState.State = state is null ? Activator.CreateInstance<T>() : state;
        grainState.RecordExists = state is not null;
        grainState.ETag = etag;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(grainState.State, Format);
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

    private async Task<(T? State, string? Etag)> Read<T>(string name)
    {
        string why;
        try
        {
            if (await files.Read(name, CancellationToken.None) is not { } found)
                return default;
            if (JsonSerializer.Deserialize<T>(found.Json, Format) is { } state)
                return (state, found.Etag);
            why = "it holds nothing";
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            why = error.Message;
        }

        await SetAside(name, why);
        return default;
    }

    private async Task SetAside(string name, string why)
    {
        try
        {
            StateLog.SetAside(log, name, await files.SetAside(name, CancellationToken.None), why);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            StateLog.Unreadable(log, name, why, error.Message);
        }
    }
}

internal static partial class StateLog
{
    [LoggerMessage(
        5008, LogLevel.Warning, "The kept state {Name} cannot be read and begins anew; the damaged file is kept as {Path}: {Reason}")]
    public static partial void SetAside(ILogger logger, string name, string path, string reason);

    [LoggerMessage(
        5009, LogLevel.Warning, "The kept state {Name} cannot be read ({Reason}) nor set aside ({Fault}): what is learnt now is not kept")]
    public static partial void Unreadable(ILogger logger, string name, string reason, string fault);
}
