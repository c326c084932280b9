using System.Buffers;
using Chia.Gateway.Configuration;

namespace Chia.Gateway.Connections.Frames;

/// <summary>
/// The frame of which a link has received the beginning only: since when, how long its rest may take, and what it holds of the memory for
/// large frames.
/// </summary>
/// <param name="limits">How long a frame may take, and from which length on it is large.</param>
/// <param name="memory">The memory for large frames.</param>
/// <param name="time">The clock.</param>
/// <param name="giveUp">Ends the connection when the memory is needed for others; called from any thread.</param>
internal sealed class PartialFrame(GatewayLimits limits, LargeFrameBudget memory, TimeProvider time, Action giveUp) : IDisposable
{
    private readonly FrameProgress _progress = new(time);
    private TimeSpan _limit = limits.FrameTimeout;
    private long? _since;

    /// <summary>The memory that a large frame holds; null for all others.</summary>
    public LargeFrameBudget.Lease? Lease { get; private set; }

    /// <summary>How long its rest may still take; null between two frames.</summary>
    public TimeSpan? TimeLeft => _since is { } since ? _limit - time.GetElapsedTime(since) : null;

    /// <summary>Notes what is left of the received bytes behind the complete frames.</summary>
    /// <param name="rest">The bytes; none between two frames.</param>
    /// <param name="isAnother">They are the beginning of another frame than before.</param>
    public void Note(in ReadOnlySequence<byte> rest, bool isAnother)
    {
        if (rest.IsEmpty)
            _since = null;
        else if (_since is null || isAnother)
            _since = _progress.Begin();
    }

    /// <summary>True if so many bytes are progress that was not told yet (<see cref="FrameProgress.IsNews"/>).</summary>
    public bool IsNews(long arrived) => _progress.IsNews(arrived);

    /// <summary>Sets how long the rest may take. A large frame is counted against the memory, and may take as long as it comes fast
    /// enough.</summary>
    /// <param name="outlook">Whether the peer may send it.</param>
    /// <param name="length">Its announced length, bytes.</param>
    /// <param name="arrived">Bytes of it that are here.</param>
    public void Reserve(FrameOutlook outlook, uint length, long arrived)
    {
        _limit = limits.FrameTimeout;
        if (outlook != FrameOutlook.Allowed || length <= limits.LargeFrame)
            return;
        Lease ??= memory.Begin(time, giveUp);
        Lease.Grow(arrived);
        if (FrameProgress.LimitOf(arrived) is var due && due < _limit)
            _limit = due;
    }

    /// <summary>The frame is complete and queued: whoever handles its message disposes the lease.</summary>
    public void PassLeaseOn() => Lease = null;

    /// <inheritdoc/>
    public void Dispose() => Lease?.Dispose();
}
