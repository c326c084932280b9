using Orleans.Placement;

namespace Orleans.Concurrency;

/// <summary>Grains of this class have several activations in each process, made as calls pile up, the idle ones used first.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : PlacementAttribute
{
    /// <summary>As many activations as the machine has processors.</summary>
    public StatelessWorkerAttribute()
        : this(-1)
    {
    }

    /// <summary>At most so many activations in each process.</summary>
    /// <param name="maxLocalWorkers">The number; zero or less for the number of processors.</param>
    public StatelessWorkerAttribute(int maxLocalWorkers) =>
        MaxWorkers = maxLocalWorkers > 0 ? maxLocalWorkers : Environment.ProcessorCount;

    internal int MaxWorkers { get; }
}
