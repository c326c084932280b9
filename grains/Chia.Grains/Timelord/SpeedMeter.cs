namespace Chia.Grains.Timelord;

/// <summary>The speed of an evaluation on this machine: a running mean of what was measured at each proof (ROLES.md 5.6).</summary>
internal sealed class SpeedMeter
{
    /// <summary>The last so many measurements weigh most of the mean, so that it follows a machine that becomes busy.</summary>
    private const int Window = 10;

    private int _samples;

    /// <summary>Iterations per second; 0 before the first measurement.</summary>
    public double Mean { get; private set; }

    /// <summary>Another measurement; 0 is none.</summary>
    public void Add(double iterationsPerSecond)
    {
        if (iterationsPerSecond <= 0)
            return;
        _samples = Math.Min(_samples + 1, Window);
        Mean += (iterationsPerSecond - Mean) / _samples;
    }
}
