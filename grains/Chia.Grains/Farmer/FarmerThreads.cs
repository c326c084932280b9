using Chia.Grains.Work;

namespace Chia.Grains.Farmer;

/// <summary>Where a farmer verifies proofs and signatures and signs coinbases: a few milliseconds each, a few dozen a block at
/// most.</summary>
public sealed class FarmerThreads : WorkThreads
{
    /// <summary>Starts the threads.</summary>
    /// <param name="count">How many; 0 for one a core, at most four.</param>
    public FarmerThreads(int count = 0)
        : base("farmer", count > 0 ? count : Math.Min(Environment.ProcessorCount, 4))
    {
    }
}
