using Chia.Gateway.Configuration;

namespace Chia.Gateway.Connections.Frames;

/// <summary>
/// How far a frame has arrived: a long hash list is waited for as long as its bytes keep coming, whatever its length (DECISIONS 19).
/// </summary>
internal sealed class FrameProgress(TimeProvider time)
{
    /// <summary>How often progress is reported: well within the 20 s after which a peer that sends nothing counts as silent.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Bytes a second that are worth waiting for: 64 kbit/s. The longest list, 34 MB, ends at
    /// <see cref="GatewayLimits.FrameTimeout"/> anyhow.</summary>
    public const int LeastPerSecond = 8 << 10;

    /// <summary>Time that a large frame has however little of it has come: a line may stand still for a while.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    private long _since = time.GetTimestamp();
    private long _had;

    /// <summary>A frame begins.</summary>
    /// <returns>When.</returns>
    public long Begin()
    {
        (_since, _had) = (time.GetTimestamp(), 0);
        return _since;
    }

    /// <summary>
    /// How long after its beginning a large frame may still be incomplete when so many bytes of it are here: on average it must arrive
    /// at <see cref="LeastPerSecond"/>.
    /// </summary>
    public static TimeSpan LimitOf(long bytes)
    {
        var due = TimeSpan.FromSeconds((double)bytes / LeastPerSecond);
        return due > Grace ? due : Grace;
    }

    /// <summary>Notes how many bytes are here; true if that is progress that has not been reported yet.</summary>
    public bool IsNews(long bytes)
    {
        var elapsed = time.GetElapsedTime(_since);
        if (elapsed < Interval)
            return false;
        var isFast = bytes - _had >= LeastPerSecond * elapsed.TotalSeconds;
        (_since, _had) = (time.GetTimestamp(), bytes);
        return isFast;
    }
}
