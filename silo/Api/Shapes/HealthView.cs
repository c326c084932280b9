using Chia.Silo.Status;

namespace Chia.Silo.Api.Shapes;

/// <summary>What a probe is told, by nodes, silos and gateways alike.</summary>
/// <param name="IsReady">It is as it should be: 200, else 503.</param>
/// <param name="Status">live, ready or not_ready.</param>
/// <param name="Reasons">Why it is not ready; empty if it is.</param>
internal sealed record HealthView(bool IsReady, string Status, IReadOnlyList<string> Reasons)
{
    /// <summary>State of the node that was asked of; absent for a process of a cluster, which carries many.</summary>
    public NodeState? State { get; init; }

    /// <summary>The process answers.</summary>
    public static HealthView Live { get; } = new(true, "live", []);

    /// <summary>Ready if nothing speaks against it.</summary>
    public static HealthView Of(IReadOnlyList<string> reasons) =>
        new(reasons.Count == 0, reasons.Count == 0 ? "ready" : "not_ready", reasons);
}
