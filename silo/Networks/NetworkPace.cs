using Chia.Consensus.Rules;
using Chia.Protocol.Networks;

namespace Chia.Silo.Networks;

/// <summary>Constants of a network of one's own, such that blocks come at a wanted pace with the plots and the speed at hand.</summary>
internal static class NetworkPace
{
    /// <summary>Constants of a network that is watched: its adjustments come every 32 blocks, 8 blocks into the epoch.</summary>
    public static readonly ConsensusConstants Watched = new() { DifficultyEpoch = 32, DifficultyWarpFactor = 4, DifficultyDelay = 8 };

    /// <summary>The part of a block's time that is mandatory; the rest depends on the luck of the plots.</summary>
    private const double MandatoryPart = 0.3;

    /// <summary>Nodes, farmer and prover share the machine with the timelord, which reaches this part of its speed when alone.</summary>
    private const double SharedMachine = 0.7;

    /// <summary>What a network is to count on, of the speed that the timelord reaches when alone: never none, which no network file
    /// takes.</summary>
    public static ulong Shared(ulong ips) => Math.Max(1, (ulong)(ips * SharedMachine));

    /// <summary>
    /// The best of P proofs needs 1/P of what one would on average:
    /// difficulty · 2^32 / (0.762 · k · 2^k · P) iterations beyond the mandatory ones (CONSENSUS.md 7).
    /// </summary>
    /// <param name="basis">Constants that do not follow from the rest.</param>
    /// <param name="blockTime">Seconds between blocks.</param>
    /// <param name="ips">Iterations per second that the timelord reaches.</param>
    /// <param name="k">Size of the plots.</param>
    /// <param name="proofs">Proofs that all plots together have for a challenge, on average.</param>
    public static ConsensusConstants For(ConsensusConstants basis, double blockTime, ulong ips, int k, double proofs)
    {
        var mandatory = Math.Max(1, Math.Round(blockTime * MandatoryPart));
        var luck = Math.Max(1, blockTime - mandatory);
        var space = 0.762 * k * Math.Pow(2, k) * proofs;
        return basis with
        {
            BlockTimeTarget = (uint)Math.Max(1, Math.Round(blockTime)),
            MinBlockTime = (uint)mandatory,
            VdfIpsStarting = ips,
            DifficultyStarting = (ulong)Math.Max(1, luck * ips * space / Math.Pow(2, 32)),
        };
    }
}
