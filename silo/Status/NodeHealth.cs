namespace Chia.Silo.Status;

/// <summary>Whether a node is ready for what others want of it, for probes (OPERATIONS 3).</summary>
/// <param name="IsReady">It is.</param>
/// <param name="State">How it is.</param>
/// <param name="Reasons">Why it is not; empty if it is.</param>
internal sealed record NodeHealth(bool IsReady, NodeState State, IReadOnlyList<string> Reasons)
{
    /// <summary>
    /// A node is ready if it is synced, or if it has no chain and is connected or waits for others. A stalled node is not: its chain
    /// does not go on.
    /// </summary>
    public static NodeHealth Of(StatusReport report)
    {
        var isReady = report.State is NodeState.Synced or NodeState.Idle;
        return new NodeHealth(
            isReady, report.State, isReady
                ? []
                : [report.Reason is { } reason ? StatusSentence.Word(reason) : StatusSentence.Word(report.State)]);
    }
}
