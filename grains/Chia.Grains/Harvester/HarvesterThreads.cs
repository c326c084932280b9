using Chia.Grains.Work;

namespace Chia.Grains.Harvester;

/// <summary>
/// Where a harvester reads plots. A look-up is a handful of reads from disk; proofs and signatures, for which a block waits, go before look-ups.
/// </summary>
public sealed class HarvesterThreads : WorkThreads
{
    /// <summary>A disk gains nothing from more at once, and look-ups must not crowd out the rest of the machine.</summary>
    private const int MostThreads = 8;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">How many; 0 for one a core, between two and eight.</param>
    public HarvesterThreads(int count = 0)
        : base("harvester", count > 0 ? count : Math.Clamp(Environment.ProcessorCount, 2, MostThreads))
    {
    }
}
