using Chia.Embedded.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Chia.Embedded.Engine;

/// <summary>The engine: makes references, holds the directory, the deadlines and the idle collection, stops it all.</summary>
internal sealed class EmbeddedEngine : IClusterClient, IDisposable
{
    private readonly GrainClassMap _classes;
    private readonly CancellationTokenSource _forcedStop = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly ITimer _collection;

    public EmbeddedEngine(IServiceProvider services, EmbeddedEngineOptions options, TimeProvider time, ILogger<EmbeddedEngine> logger)
    {
        ServiceProvider = services;
        options.Validate();
        Options = options;
        Time = time;
        Logger = logger;
        _classes = new GrainClassMap(Options.GrainAssemblies, Options.CollectionAge);
        Directory = new GrainDirectory(this);
        Deadlines = new CallDeadlines(time, Options.CallTimeout);
        _collection = time.CreateTimer(
            static self => ((EmbeddedEngine)self!).CollectIdle(), this, Options.CollectionQuantum, Options.CollectionQuantum);
    }

    public IServiceProvider ServiceProvider { get; }

    internal EmbeddedEngineOptions Options { get; }

    internal TimeProvider Time { get; }

    internal ILogger Logger { get; }

    internal GrainDirectory Directory { get; }

    internal CallDeadlines Deadlines { get; }

    /// <summary>Cancelled when the host waits no longer for grains to end.</summary>
    internal CancellationToken ForcedStop => _forcedStop.Token;

    /// <summary>Cancelled when all grains have ended, or were given up.</summary>
    internal CancellationToken Stopped => _stopped.Token;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return Reference<TGrainInterface>(primaryKey, grainClassNamePrefix);
    }

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        Reference<TGrainInterface>(GrainKey.FormatInteger(primaryKey), grainClassNamePrefix);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference or IGrainBase || obj is not TGrainObserverInterface)
            throw new ArgumentException($"Not an object that implements {typeof(TGrainObserverInterface).FullName}.", nameof(obj));
        return (TGrainObserverInterface)InterfaceMap.Of(typeof(TGrainObserverInterface)).CreateReference(new ObserverTarget(this, obj));
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainReference { Address: ObserverTarget observer })
            throw new ArgumentException("Not a reference to a callback object.", nameof(obj));
        observer.Delete();
    }

    public void Dispose()
    {
        _collection.Dispose();
        Deadlines.Dispose();
        _forcedStop.Dispose();
        _stopped.Dispose();
    }

    /// <summary>A token source for a step of a life cycle: cancelled after a time, when the host waits no longer, or by another token.</summary>
    internal LinkedPatience CreatePatience(TimeSpan timeout, CancellationToken other = default) => new(Time, timeout, ForcedStop, other);

    internal IStateFacet CreateState(Type type, Activation activation, PersistentStateAttribute attribute)
    {
        var name = attribute.StorageName ?? EmbeddedEngineOptions.DefaultStateStore;
        var store = ServiceProvider.GetKeyedService<IGrainStateStore>(name)
            ?? throw new InvalidOperationException($"{activation.Grain} wants the state store '{name}', which the host has not set up.");
        var key = new GrainStateKey(activation.Grain.Class.TypeName, activation.Grain.Key, attribute.StateName);
        return (IStateFacet)Activator.CreateInstance(typeof(PersistentState<>).MakeGenericType(type), activation, store, key, Options.StateJson)!;
    }

    /// <summary>Ends all activations; new calls are rejected.</summary>
    /// <param name="patience">Cancelled when the host waits no longer.</param>
    internal async Task StopAsync(CancellationToken patience)
    {
        await using var registration = patience.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _forcedStop).ConfigureAwait(false);
        try
        {
            await Directory.StopAsync(patience).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            EngineLog.StopForced(Logger);
        }
        await _stopped.CancelAsync().ConfigureAwait(false);
    }

    private TGrainInterface Reference<TGrainInterface>(string key, string? prefix)
    {
        var grainClass = _classes.Find(typeof(TGrainInterface), prefix);
        return (TGrainInterface)InterfaceMap.Of(typeof(TGrainInterface)).CreateReference(new GrainAddress(this, new GrainKey(grainClass, key)));
    }

    private void CollectIdle() => Directory.CollectIdle(Time.GetTimestamp());
}
