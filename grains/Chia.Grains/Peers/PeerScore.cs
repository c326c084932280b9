using Chia.GrainInterfaces.Peers;
using Chia.Grains.Work;
using Chia.Protocol.Outcomes;

namespace Chia.Grains.Peers;

/// <summary>
/// What is held against one address: lies and slowness on accounts of their own, since a liar is kept out whatever it costs and a slow
/// peer is not (DECISIONS 19 on who is to blame). Half of each is forgiven every ten minutes. Times are readings of one
/// <see cref="MonotonicClock"/>.
/// </summary>
internal sealed class PeerScore
{
    private static readonly TimeSpan HalfLife = TimeSpan.FromMinutes(10);

    /// <summary>Bans after which none lasts longer: 2¹⁶ half hours are years.</summary>
    private const int MostDoublings = 16;

    private double _lies;
    private double _slowness;
    private TimeSpan _at;

    /// <summary>Until when the address is kept out; in the past if it is not.</summary>
    public TimeSpan BannedUntil { get; private set; } = TimeSpan.MinValue;

    /// <summary>Bans so far.</summary>
    public int Bans { get; private set; }

    /// <summary>Points left at a moment, of both kinds.</summary>
    public double At(TimeSpan now) => (_lies + _slowness) * Fading(now);

    /// <summary>Adds points; true if the account of their kind reached the limit.</summary>
    public bool Add(Blame blame, TimeSpan now)
    {
        Fade(now);
        ref var account = ref blame.Kind == BlameKind.Unhelpful ? ref _slowness : ref _lies;
        account += blame.Points;
        return account >= Blame.Limit;
    }

    /// <summary>Forgives half of the points.</summary>
    public void Halve(TimeSpan now)
    {
        Fade(now);
        (_lies, _slowness) = (_lies / 2, _slowness / 2);
    }

    /// <summary>Keeps the address out, twice as long every time up to <paramref name="longest"/>.</summary>
    /// <returns>For how long.</returns>
    public TimeSpan Ban(TimeSpan first, TimeSpan longest, TimeSpan now)
    {
        var time = first * Math.Pow(2, Math.Min(Bans++, MostDoublings));
        time = time < longest ? time : longest;
        BannedUntil = now + time;
        return time;
    }

    /// <summary>Keeps the address out until a moment: the operator's word, which counts for no other ban.</summary>
    public void KeepOut(TimeSpan until) => BannedUntil = until;

    /// <summary>A ban that was kept across a restart.</summary>
    public void Restore(TimeSpan until, int bans) => (BannedUntil, Bans) = (until, Math.Clamp(bans, 0, MostDoublings));

    private void Fade(TimeSpan now)
    {
        var fading = Fading(now);
        (_lies, _slowness, _at) = (_lies * fading, _slowness * fading, now);
    }

    private double Fading(TimeSpan now) => Math.Pow(0.5, Math.Max(0, (now - _at) / HalfLife));
}
