using Orleans.Configuration;
using Orleans.Hosting;

namespace Chia.Silo.Hosting;

/// <summary>
/// Keeps Orleans from ending idle grains. Orleans counts idleness by the date: once the clock was set back by more than the idle age, a
/// grain that may become idle cannot be activated any more. All grains of ours are kept alive (an architecture test checks it); these
/// options are for Orleans' own, such as those that keep stream subscriptions.
/// </summary>
internal static class IdleGrains
{
    /// <summary>The idle age: no clock is set back by as much.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromDays(3650);

    /// <summary>
    /// How often Orleans looks for idle grains, of which there are none: half of the longest time that a timer of .NET can wait.
    /// </summary>
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
