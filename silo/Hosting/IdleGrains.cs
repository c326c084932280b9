using Orleans.Configuration;
using Orleans.Hosting;

namespace Chia.Silo.Hosting;

/// <summary>
/// Grains end when what they stand for ends, and not for want of calls. Orleans counts idleness by the clock's date: once the clock was
/// set back by more than the idle age, a grain that can be idle cannot be activated any more. Ours are all kept alive, as a test of the
/// architecture sees to; these options are for Orleans' own, such as those that know who listens to a stream.
/// </summary>
internal static class IdleGrains
{
    /// <summary>No clock is set back by as much.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromDays(3650);

    /// <summary>Between two looks for idle grains, of which there are none. Half of what a timer of .NET can wait.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromDays(24);

    public static void Keep(ISiloBuilder silo)
    {
        silo.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionAge = Age;
            options.CollectionQuantum = Look;
        });

        // It looks twice a second for workers to end, and ends the only one.
        silo.Configure<StatelessWorkerOptions>(options => options.RemoveIdleWorkers = false);
    }
}
