using Chia.Grains.Work;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Peers;

/// <summary>
/// Newcomers from the machine itself. They cannot be told apart: one address, and ports and node ids are only words. Banning all of them
/// would cut off the honest roles of the machine; banning words costs a liar nothing. So after bans they are let in one after the other,
/// slower with every ban, each role in a line of its own: whoever comes back under another name pays in time. Those that stayed for a
/// while before need not wait. Times are readings of one <see cref="MonotonicClock"/>.
/// </summary>
internal sealed class LoopbackQueue
{
    /// <summary>One newcomer in this time at least, after the first ban; doubled by each further one up to
    /// <see cref="LongestGap"/>.</summary>
    private static readonly TimeSpan FirstGap = TimeSpan.FromMilliseconds(62.5);

    /// <summary>A newcomer may cost four checks of 11 ms before it is banned: one in half a second is a tenth of a core.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(500);

    /// <summary>The gateway gives a handshake up after 15 s.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>Bans count half after ten minutes, as points do.</summary>
    private static readonly TimeSpan HalfLife = TimeSpan.FromMinutes(10);

    /// <summary>Long enough that coming, staying and lying once pays no better than waiting in line.</summary>
    private static readonly TimeSpan Trial = TimeSpan.FromMinutes(1);

    /// <summary>More local nodes than a machine carries; about 50 kB.</summary>
    private const int PortsRemembered = 1000;

    private readonly Dictionary<Role, TimeSpan> _nextTurn = [];
    private readonly HashSet<(Role Role, ushort Port)> _regulars = [];
    private double _bans;
    private TimeSpan _at;

    /// <summary>A local peer was banned.</summary>
    public void Banned(TimeSpan now) => (_bans, _at) = (Bans(now) + 1, now);

    /// <summary>A local peer left without having been banned.</summary>
    public void Left(Role role, ushort port, TimeSpan stayed)
    {
        if (stayed < Trial || port == 0)
            return;
        if (_regulars.Count >= PortsRemembered)
            _regulars.Clear();
        _regulars.Add((role, port));
    }

    /// <summary>How long a newcomer has to wait; null if too many wait already.</summary>
    public TimeSpan? WaitOf(Role role, ushort port, TimeSpan now)
    {
        var bans = Bans(now);
        if (bans < 0.5 || _regulars.Contains((role, port)))
            return TimeSpan.Zero;
        var turn = _nextTurn.GetValueOrDefault(role, now);
        turn = turn > now ? turn : now;
        if (turn - now > LongestWait)
            return null;
        var gap = FirstGap * Math.Pow(2, Math.Min(bans - 1, 8));
        _nextTurn[role] = turn + (gap < LongestGap ? gap : LongestGap);
        return turn - now;
    }

    private double Bans(TimeSpan now) => _bans * Math.Pow(0.5, Math.Max(0, (now - _at) / HalfLife));
}
