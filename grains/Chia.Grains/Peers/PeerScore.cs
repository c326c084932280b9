using Chia.GrainInterfaces.Peers;

namespace Chia.Grains.Peers;

/// <summary>Points against one address; half of them are forgiven every ten minutes.</summary>
internal sealed class PeerScore
{
    private static readonly TimeSpan HalfLife = TimeSpan.FromMinutes(10);

    private double _points;
    private DateTimeOffset _at;

    /// <summary>Until when the address is banned; in the past if it is not.</summary>
    public DateTimeOffset BannedUntil { get; set; }

    /// <summary>Points left at a moment.</summary>
    public double At(DateTimeOffset now) => _points * Math.Pow(0.5, Math.Max(0, (now - _at) / HalfLife));

    /// <summary>Adds points; true if the limit is reached.</summary>
    public bool Add(int points, DateTimeOffset now)
    {
        _points = At(now) + points;
        _at = now;
        return _points >= Blame.Limit;
    }

    /// <summary>Forgives half of the points.</summary>
    public void Halve(DateTimeOffset now) => (_points, _at) = (At(now) / 2, now);
}
