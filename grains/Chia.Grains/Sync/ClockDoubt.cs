using Chia.Protocol.Primitives;

namespace Chia.Grains.Sync;

/// <summary>
/// Whether this machine's clock is behind everybody else's (OPERATIONS.md 1): what more than half of the connected full nodes have is
/// refused for its timestamp alone (CONSENSUS.md 11, 2c), and our chain has not moved since. The protocol tells no time: the timestamps
/// of blocks are all there is, and each of these costs its maker a proof of space. A clock that is ahead refuses nothing, and cannot be
/// told from an old chain.
/// </summary>
internal sealed class ClockDoubt
{
    /// <summary>More than a clock is ever wrong by.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromDays(100 * 365);

    private readonly HashSet<ConnectionId> _peers = [];
    private readonly Dictionary<ConnectionId, TimeSpan> _ahead = [];

    /// <summary>By how much the others are ahead, the median of them; null while there is no reason for doubt.</summary>
    public TimeSpan? Behind => 2 * _ahead.Count > _peers.Count ? _ahead.Values.Order().ElementAt(_ahead.Count / 2) : null;

    /// <summary>By how much a block is ahead of a clock.</summary>
    /// <param name="timestamp">The block's, Unix time in seconds: any value.</param>
    /// <param name="now">The clock.</param>
    public static TimeSpan Ahead(ulong timestamp, DateTimeOffset now)
    {
        var seconds = timestamp - (double)now.ToUnixTimeSeconds();
        return seconds < Most.TotalSeconds ? TimeSpan.FromSeconds(Math.Max(0, seconds)) : Most;
    }

    /// <summary>A full node is connected.</summary>
    public void Connected(ConnectionId peer) => _peers.Add(peer);

    /// <summary>It is gone, and its word with it.</summary>
    public void Gone(ConnectionId peer)
    {
        _peers.Remove(peer);
        _ahead.Remove(peer);
    }

    /// <summary>What a peer has was refused for its timestamp.</summary>
    public void Refused(ConnectionId peer, TimeSpan ahead)
    {
        if (_peers.Contains(peer))
            _ahead[peer] = ahead;
    }

    /// <summary>Our chain moved: the clock is good enough.</summary>
    public void Moved() => _ahead.Clear();
}
