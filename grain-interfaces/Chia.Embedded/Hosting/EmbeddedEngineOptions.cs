using System.Reflection;
using System.Text.Json;

namespace Chia.Embedded;

/// <summary>How the engine is set up.</summary>
public sealed class EmbeddedEngineOptions
{
    /// <summary>The name of the store of states that name none.</summary>
    public const string DefaultStateStore = "Default";

    internal List<Assembly> GrainAssemblies { get; } = [];

    internal Dictionary<string, Func<IServiceProvider, IGrainStateStore>> StateStores { get; } = new(StringComparer.Ordinal);

    internal HashSet<string> StreamProviders { get; } = new(StringComparer.Ordinal);

    /// <summary>How long a caller waits for an answer. 30 s, as in Orleans.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long <c>OnActivateAsync</c> may take before the activation counts as failed. 30 s, as in Orleans.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long <c>OnDeactivateAsync</c> may take before the activation is ended without it. 30 s, as in Orleans.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation may be idle before it is ended. 15 minutes, as in Orleans.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for. One minute, as in Orleans.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How many items may wait for one subscriber of a stream; beyond that the oldest are dropped and its error function is
    /// called. 16384: with broadcasts of a kilobyte a dead subscriber costs 16 MB.
    /// </summary>
    public int StreamBacklog { get; set; } = 16384;

    /// <summary>How persistent states are written.</summary>
    public JsonSerializerOptions StateJson { get; set; } = new(JsonSerializerDefaults.General);

    /// <summary>Adds the grain classes of an assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <returns>These options.</returns>
    public EmbeddedEngineOptions AddGrains(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        GrainAssemblies.Add(assembly);
        return this;
    }

    /// <summary>Adds a store for persistent states.</summary>
    /// <param name="name">The name that <c>[PersistentState]</c> gives, or <see cref="DefaultStateStore"/>.</param>
    /// <param name="store">Makes the store, once.</param>
    /// <returns>These options.</returns>
    public EmbeddedEngineOptions AddStateStore(string name, Func<IServiceProvider, IGrainStateStore> store)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(store);
        StateStores.Add(name, store);
        return this;
    }

    /// <summary>Adds a store that lives as long as the process.</summary>
    /// <param name="name">The name that <c>[PersistentState]</c> gives, or <see cref="DefaultStateStore"/>.</param>
    /// <returns>These options.</returns>
    public EmbeddedEngineOptions AddMemoryStateStore(string name = DefaultStateStore) =>
        AddStateStore(name, static _ => new MemoryGrainStateStore());

    /// <summary>Adds a provider of streams in this process.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>These options.</returns>
    public EmbeddedEngineOptions AddMemoryStreams(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        StreamProviders.Add(name);
        return this;
    }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CallTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ActivationTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(DeactivationTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CollectionAge, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CollectionQuantum, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(StreamBacklog, 1);
    }
}
