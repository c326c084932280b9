using Chia.Gateway.Configuration;

namespace Chia.Gateway.Connections;

/// <summary>
/// How a frame comes along whose end has not arrived: a long hash list is waited for as long as its bytes come, whatever its length
/// (DECISIONS 19).
/// </summary>
internal sealed class FrameProgress(TimeProvider time)
{
    /// <summary>How often it is told: well within the 20 s after which a peer that sends nothing counts as silent.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Bytes a second that are worth waiting for: 64 kbit/s. The longest list, 34 MB, ends at
    /// <see cref="GatewayLimits.FrameTimeout"/> anyhow.</summary>
    public const int LeastPerSecond = 8 << 10;

    private long _since = time.GetTimestamp();
    private long _had;

    /// <summary>A frame begins.</summary>
    /// <returns>When.</returns>
    public long Begin()
    {
        (_since, _had) = (time.GetTimestamp(), 0);
        return _since;
    }

    /// <summary>So much of it is here: true if that is progress that was not told yet.</summary>
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
