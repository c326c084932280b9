using System.Text.Json;
using Chia.Embedded.Engine;
using Orleans.Runtime;

namespace Chia.Embedded.State;

/// <summary>A state of a grain and its record. Operations that overlap run one after the other.</summary>
internal sealed class PersistentState<T>(Activation activation, IGrainStateStore store, GrainStateKey key, JsonSerializerOptions json) : IPersistentState<T>, IStateFacet
{
    private T _state = Create();
    private Task _last = Task.CompletedTask;
    private bool _exists;
    private string? _etag;

    public T State
    {
        get
        {
            CheckTurn();
            return _state;
        }

        set
        {
            CheckTurn();
            _state = value;
        }
    }

    public string? Etag => _etag;

    public bool RecordExists => _exists;

    public Task ReadStateAsync() => InOrder(async () =>
    {
        var record = await store.ReadAsync(key, activation.Engine.ForcedStop);
        _state = record is null ? Create() : JsonSerializer.Deserialize<T>(record.Json.Span, json) ?? Create();
        _exists = record is not null;
        _etag = record?.Etag;
    });

    public Task WriteStateAsync() => InOrder(async () =>
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(_state, json);
        _etag = await store.WriteAsync(key, bytes, _etag, activation.Engine.ForcedStop);
        _exists = true;
    });

    public Task ClearStateAsync() => InOrder(async () =>
    {
        await store.ClearAsync(key, _etag, activation.Engine.ForcedStop);
        _state = Create();
        _exists = false;
        _etag = null;
    });

    private static T Create() => Activator.CreateInstance<T>();

    private Task InOrder(Func<Task> operation)
    {
        CheckTurn();
        return _last = After(_last, operation);
    }

    private static async Task After(Task previous, Func<Task> operation)
    {
        if (!previous.IsCompleted)
            await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await operation();
    }

    private void CheckTurn()
    {
        if (!ReferenceEquals(Activation.Current, activation))
            throw new InvalidOperationException("The state of a grain is used from the grain's own turns only.");
    }
}
