using Chia.Gateway.Configuration;
using Chia.Gateway.Connections.Frames;
using Chia.Gateway.Connections.Queues;

namespace Chia.Gateway.Connections;

/// <summary>The memory that all connections of a process share, whichever role's gateway holds them.</summary>
public sealed class GatewayMemory(GatewayLimits limits)
{
    /// <summary>Large frames that are being received.</summary>
    internal LargeFrameBudget Received { get; } = new(limits.LargeFrameBudget);

    /// <summary>Everything that waits to be sent.</summary>
    internal OutboundBudget Sent { get; } = new(limits.OutboundBudget);
}
