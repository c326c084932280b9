using Chia.Protocol.Primitives;

namespace Chia.Sync.Ranges;

/// <summary>One height within the window of a <see cref="RangeScheduler{T}"/>.</summary>
internal sealed class RangeSlot<T>
    where T : class
{
    /// <summary>What arrived; null while missing.</summary>
    public T? Item { get; set; }

    /// <summary>Who sent it; null for items kept from before a restart.</summary>
    public ConnectionId? Sender { get; set; }

    /// <summary>Open requests that are not overdue: nobody else needs to be asked.</summary>
    public int Claims { get; set; }

    /// <summary>Peers with an open request, overdue or not.</summary>
    public List<ConnectionId> Asked { get; } = [];

    /// <summary>Peers that failed here: never asked again for this height.</summary>
    public HashSet<ConnectionId> Failed { get; } = [];
}
