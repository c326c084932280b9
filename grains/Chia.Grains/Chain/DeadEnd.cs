using Chia.Protocol.Networks;

namespace Chia.Grains.Chain;

/// <summary>
/// When no plot answers any tip, the chain would end: after a pause farmer, full node and timelord build on the best answered challenge
/// below the tips, newest first (DECISIONS 16). Each of the three decides for itself by the same pause.
/// </summary>
internal static class DeadEnd
{
    /// <summary>Block times of silence: one block in twenty takes longer, and then its proof of space is known.</summary>
    private const int PauseBlockTimes = 3;

    /// <summary>The pause of a network.</summary>
    public static TimeSpan PauseOf(ConsensusConstants constants) =>
        TimeSpan.FromSeconds(PauseBlockTimes * (double)constants.BlockTimeTarget);
}
