using Orleans.Statistics;

namespace Chia.Silo.Hosting.OneSilo;

/// <summary>
/// What Orleans knows of a lone silo's load: nothing. It is for choosing among silos, and for Orleans' own page. To find it out Orleans
/// listens to the runtime's counters, every second as long as the process lives.
/// </summary>
internal sealed class NoStatistics : IEnvironmentStatisticsProvider
{
    public EnvironmentStatistics GetEnvironmentStatistics() => default;
}
