using Chia.Protocol.Primitives;
using Chia.Sync.Requests;

namespace Chia.Sync.Ranges;

/// <summary>
/// Which heights of a chain are missing, asked for, here, done: for headers and for blocks. Holds items only within a window beyond
/// the last committed height, so its memory is bounded, and knows who failed where.
/// </summary>
/// <typeparam name="T">Header block or full block.</typeparam>
internal sealed class RangeScheduler<T>
    where T : class
{
    private readonly RangeSlot<T>[] _ring;

    /// <summary>All heights from <paramref name="first"/> to <paramref name="last"/> are missing.</summary>
    public RangeScheduler(uint first, uint last, int window)
    {
        Committed = first - 1;
        Last = last;
        _ring = new RangeSlot<T>[window];
        foreach (ref var slot in _ring.AsSpan())
            slot = new RangeSlot<T>();
    }

    /// <summary>The last height needed.</summary>
    public uint Last { get; }

    /// <summary>
    /// Everything up to here is done with; one below the first height at the start (first ≥ 1: genesis is never fetched).
    /// </summary>
    public uint Committed { get; private set; }

    /// <summary>Nothing is left to do.</summary>
    public bool Done => Committed >= Last;

    /// <summary>Items held.</summary>
    public int Held { get; private set; }

    /// <summary>The last height that may be asked for or held now.</summary>
    private uint WindowEnd => (uint)Math.Min(Committed + (ulong)_ring.Length, Last);

    /// <summary>The first height that is not here yet, for reports.</summary>
    public uint FirstMissing
    {
        get
        {
            var height = Committed + 1;
            while (height <= WindowEnd && Slot(height).Item is not null)
                height++;
            return height;
        }
    }

    /// <summary>The height lies in the window and its item is missing.</summary>
    public bool Needs(uint height) => InWindow(height) && Slot(height).Item is null;

    /// <summary>
    /// A run of at most <paramref name="limit"/> heights that the peer may be asked for, or null. From the front of the window for
    /// peers that have the target;
    /// from its end for those that only might, so that their silence does not hold up the front.
    /// </summary>
    public (uint First, uint Last)? Next(ConnectionId peer, int limit, bool fromEnd)
    {
        var start = FindFree(peer, fromEnd);
        if (start is not { } first)
            return null;
        while (fromEnd && first > Committed + 1 && start - first + 1 < limit && Free(first - 1, peer))
            first--;
        var last = first;
        while (last < WindowEnd && last - first + 1 < limit && Free(last + 1, peer))
            last++;
        return (first, last);
    }

    /// <summary>A request for the run is open.</summary>
    public void Claim(PendingRequest request)
    {
        for (var height = request.First; height <= request.LastNew; height++)
        {
            var slot = Slot(height);
            slot.Claims++;
            slot.Asked.Add(request.Peer.Id);
        }
    }

    /// <summary>The request is overdue: others may be asked for what it still lacks.</summary>
    public void Release(PendingRequest request)
    {
        for (var height = Math.Max(request.First, Committed + 1); height <= request.LastNew; height++)
            Slot(height).Claims--;
    }

    /// <summary>The request is over. Call <see cref="Release"/> first unless it was overdue already.</summary>
    public void Forget(PendingRequest request)
    {
        for (var height = Math.Max(request.First, Committed + 1); height <= request.LastNew; height++)
            Slot(height).Asked.Remove(request.Peer.Id);
    }

    /// <summary>The peer failed for these heights.</summary>
    public void Fail(ConnectionId peer, uint first, uint last)
    {
        for (var height = Math.Max(first, Committed + 1); height <= Math.Min(last, WindowEnd); height++)
            Slot(height).Failed.Add(peer);
    }

    /// <summary>Keeps an item if it is needed.</summary>
    public void Put(uint height, T item, ConnectionId? sender)
    {
        if (!Needs(height))
            return;
        (Slot(height).Item, Slot(height).Sender) = (item, sender);
        Held++;
    }

    /// <summary>Who sent the item held at the height.</summary>
    public ConnectionId? SenderOf(uint height) => InWindow(height) ? Slot(height).Sender : null;

    /// <summary>The unbroken run of items after the last committed height.</summary>
    public List<T> Ready(int limit)
    {
        var ready = new List<T>();
        for (var height = Committed + 1; height <= WindowEnd && ready.Count < limit && Slot(height).Item is { } item; height++)
            ready.Add(item);
        return ready;
    }

    /// <summary>Everything up to <paramref name="through"/> is done with; the window moves on.</summary>
    public void Commit(uint through)
    {
        while (Committed < through && Committed < Last)
        {
            var slot = Slot(++Committed);
            if (slot.Item is not null)
                Held--;
            _ring[Committed % (uint)_ring.Length] = new RangeSlot<T>();
        }
    }

    /// <summary>The item is no good: it is missing again.</summary>
    public void Reject(uint height)
    {
        if (!InWindow(height) || Slot(height).Item is null)
            return;
        (Slot(height).Item, Slot(height).Sender) = (null, null);
        Held--;
    }

    /// <summary>
    /// All items of the sender are missing again, but for the first <paramref name="inHand"/> after the last committed one, which are
    /// being judged.
    /// </summary>
    public void RejectAll(ConnectionId sender, int inHand)
    {
        for (var height = Committed + (uint)inHand + 1; height <= WindowEnd; height++)
        {
            if (Slot(height).Sender == sender)
                Reject(height);
        }
    }

    private uint? FindFree(ConnectionId peer, bool fromEnd)
    {
        for (uint i = 0, count = WindowEnd - Committed; i < count; i++)
        {
            var height = fromEnd ? WindowEnd - i : Committed + 1 + i;
            if (Free(height, peer))
                return height;
        }

        return null;
    }

    private bool Free(uint height, ConnectionId peer)
    {
        var slot = Slot(height);
        return slot.Item is null && slot.Claims == 0 && !slot.Failed.Contains(peer) && !slot.Asked.Contains(peer);
    }

    private bool InWindow(uint height) => height > Committed && height <= WindowEnd;

    private RangeSlot<T> Slot(uint height) => _ring[height % (uint)_ring.Length];
}

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
