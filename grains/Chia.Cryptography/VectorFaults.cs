namespace Chia.Cryptography;

/// <summary>
/// Vectors that have failed their self-check and are not used: the processor has the instructions, and does not do what they say. The
/// self-checks run when an algorithm is first asked for, so that faults may come at any time. Thread-safe.
/// </summary>
public sealed class VectorFaults
{
    private readonly Lock _lock = new();
    private readonly List<VectorFault> _all = [];
    private Action<VectorFault>? _watchers;

    /// <summary>Those of this process.</summary>
    public static VectorFaults OfProcess { get; } = new();

    /// <summary>Those so far.</summary>
    public IReadOnlyList<VectorFault> All
    {
        get
        {
            lock (_lock)
                return [.. _all];
        }
    }

    /// <summary>Tells of every fault once, of those so far at once; until it is disposed of.</summary>
    /// <param name="tell">Told on whatever thread met the fault; must not throw.</param>
    public IDisposable Watch(Action<VectorFault> tell)
    {
        lock (_lock)
        {
            _all.ForEach(tell);
            _watchers += tell;
        }

        return new Watcher(this, tell);
    }

    internal void Add(VectorFault fault)
    {
        lock (_lock)
        {
            _all.Add(fault);
            _watchers?.Invoke(fault);
        }
    }

    private sealed class Watcher(VectorFaults faults, Action<VectorFault> tell) : IDisposable
    {
        public void Dispose()
        {
            lock (faults._lock)
                faults._watchers -= tell;
        }
    }
}

/// <summary>A kind of vectors that an algorithm does without.</summary>
/// <param name="Algorithm">What it was to be used for.</param>
/// <param name="Vectors">Its name: "AVX-512".</param>
/// <param name="Why">What the self-check met.</param>
public readonly record struct VectorFault(VectorUse Algorithm, string Vectors, string Why);

/// <summary>What vectors are used for, each with a self-check of its own.</summary>
public enum VectorUse
{
    /// <summary>The prime tests of a search for a discriminant.</summary>
    Discriminants,

    /// <summary>Products of limbs without libgmp.</summary>
    Products,

    /// <summary>Many signatures at a time.</summary>
    SignatureBatches,

    /// <summary>The pairing of a single signature.</summary>
    Pairings,
}
