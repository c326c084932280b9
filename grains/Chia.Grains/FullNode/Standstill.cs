using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Outcomes;

namespace Chia.Grains.FullNode;

/// <summary>
/// Whether the chain still moves (DECISIONS 16). It stands when for a pause there was no new tip and nobody answered a tip's challenge, or
/// when an answer waits for its proof of time much longer than it needs. Pure; the clock is injected, and only durations are measured.
/// </summary>
internal sealed class Standstill(TimeSpan pause, TimeProvider time)
{
    private long _movedAt = time.GetTimestamp();

    /// <summary>Since the last new tip or the last answer to a tip's challenge.</summary>
    public TimeSpan Quiet => time.GetElapsedTime(_movedAt);

    /// <summary>How long a chain may be quiet.</summary>
    public TimeSpan Pause => pause;

    /// <summary>There is a new tip, or an answer to a tip's challenge.</summary>
    public void Moved() => _movedAt = time.GetTimestamp();

    /// <summary>No plot answers a tip: blocks beside the tips are worth making.</summary>
    /// <param name="unfinished">Blocks that wait for their proofs of time.</param>
    /// <param name="chain">The chain.</param>
    public bool IsDeadEnd(IEnumerable<UnfinishedBlock> unfinished, ChainSnapshot chain) =>
        Quiet >= pause && !OnTips(unfinished, chain).Any(u => !IsOverdue(u));

    /// <summary>Why the chain stands still; null while it moves or may move yet.</summary>
    /// <param name="unfinished">Blocks that wait for their proofs of time.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="farmers">Farmers connected.</param>
    public StatusReason? Reason(IEnumerable<UnfinishedBlock> unfinished, ChainSnapshot chain, int farmers)
    {
        if (Quiet < pause)
            return null;
        var waiting = OnTips(unfinished, chain).ToList();
        if (waiting.Count > 0)
            return waiting.TrueForAll(IsOverdue) ? StatusReason.NoTimelord : null;
        return farmers == 0 ? StatusReason.NoFarmer : StatusReason.NoPlotAnswers;
    }

    private bool IsOverdue(UnfinishedBlock block) =>
        time.GetElapsedTime(block.AdmittedAt) >= pause + TimeSpan.FromSeconds(Math.Min(block.Seconds, TimeSpan.MaxValue.TotalSeconds / 2));

    private static IEnumerable<UnfinishedBlock> OnTips(IEnumerable<UnfinishedBlock> unfinished, ChainSnapshot chain) =>
        unfinished.Where(u => !u.IsCompleted && chain.IsTip(u.ParentHash));
}
