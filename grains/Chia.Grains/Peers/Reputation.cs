using Chia.GrainInterfaces.Peers;
using Chia.Grains.Work;
using Chia.Protocol.Addresses;
using Chia.Protocol.Outcomes;

namespace Chia.Grains.Peers;

/// <summary>
/// What is held against which address, and who is kept out (DECISIONS 21). An address of IPv4 or a /64 of IPv6 answers for its peers. On
/// loopback, where whole networks share one, the announced port does; since a port is only a word, newcomers there queue after a
/// ban (<see cref="LoopbackQueue"/>). Times are readings of one <see cref="MonotonicClock"/>.
/// </summary>
internal sealed class Reputation(PeerDirectoryOptions options)
{
    /// <summary>Addresses remembered, about 1 MB. When they are more, those not banned and of the fewest points are forgotten
    /// first.</summary>
    public const int Capacity = 10_000;

    /// <summary>Bans told to a gateway at one time: it turns away at the door those that come back soonest (each costs one handshake
    /// otherwise).</summary>
    public const int BansTold = 1000;

    private const string LoopbackKeys = "loopback:";

    private readonly Dictionary<string, PeerScore> _scores = [];
    private readonly LoopbackQueue _loopback = new();

    /// <summary>Adds a blame against the peer of a connection.</summary>
    /// <param name="connection">Whose.</param>
    /// <param name="blame">For what.</param>
    /// <param name="isNeeded">Without it too few peers would be left: slowness drops it and does not keep it out; lies do.</param>
    /// <param name="now">The time.</param>
    /// <param name="banTime">How long the address is kept out; zero if it is not.</param>
    public BlameOutcome Penalise(PeerConnection connection, Blame blame, bool isNeeded, TimeSpan now, out TimeSpan banTime)
    {
        banTime = TimeSpan.Zero;
        var score = Score(KeyOf(connection), now);
        if (!score.Add(blame, now))
            return BlameOutcome.Tolerated;
        if (connection.IsConfigured || (isNeeded && blame.Kind == BlameKind.Unhelpful))
        {
            // It is wanted, and will be back at once: a trifle must not end the next connection.
            score.Halve(now);
            return BlameOutcome.Dropped;
        }

        banTime = score.Ban(options.BanTime, options.LongestBanTime, now);
        if (IsLoopback(connection.RemoteHost))
            _loopback.Banned(now);
        return BlameOutcome.Banned;
    }

    /// <summary>What is held against the peer of a connection.</summary>
    public double PointsOf(PeerConnection connection, TimeSpan now) =>
        _scores.TryGetValue(KeyOf(connection), out var score) ? score.At(now) : 0;

    /// <summary>Whether an address is kept out.</summary>
    public bool IsBanned(PeerAddress address, TimeSpan now) => IsBanned(KeyOf(address.Host, address.Port), now);

    /// <summary>Whether the address that a connection comes from is kept out.</summary>
    public bool IsBanned(PeerConnection connection, TimeSpan now) => IsBanned(KeyOf(connection), now);

    /// <summary>A connection from this machine.</summary>
    public static bool IsLocal(PeerConnection connection) => IsLoopback(connection.RemoteHost);

    /// <summary>The addresses that are kept out beyond this machine, and for how much longer.</summary>
    public IEnumerable<BannedSource> Bans(TimeSpan now) =>
        _scores.Where(s => s.Value.BannedUntil > now && !s.Key.StartsWith(LoopbackKeys, StringComparison.Ordinal))
            .OrderByDescending(s => s.Value.BannedUntil)
            .Take(BansTold)
            .Select(s => new BannedSource(s.Key, s.Value.BannedUntil - now));

    /// <summary>The operator keeps an address out. On loopback, where an address stands for whole networks, nobody is.</summary>
    public void Ban(PeerHost host, TimeSpan time, TimeSpan now) => Score(host.Subscriber.Text, now).KeepOut(now + time);

    /// <summary>Forgets a ban and what led to it. False if there is none.</summary>
    public bool Unban(PeerHost host, TimeSpan now) =>
        _scores.TryGetValue(host.Subscriber.Text, out var score) && score.BannedUntil > now && _scores.Remove(host.Subscriber.Text);

    /// <summary>The bans to be kept, those of this machine included; as many as are told.</summary>
    public IEnumerable<StoredBan> SaveBans(TimeSpan now, DateTimeOffset timeOfDay) =>
        _scores.Where(s => s.Value.BannedUntil > now)
            .OrderByDescending(s => s.Value.BannedUntil)
            .Take(BansTold)
            .Select(s => new StoredBan(s.Key, timeOfDay + (s.Value.BannedUntil - now), s.Value.BannedUntil - now, s.Value.Bans));

    /// <summary>Takes in bans that were kept. None lasts longer than it would have, whatever became of the clock.</summary>
    public void RestoreBans(IEnumerable<StoredBan> bans, TimeSpan now, DateTimeOffset timeOfDay)
    {
        foreach (var ban in bans.Where(ban => ban?.Source is not null).Take(BansTold))
        {
            var left = ban.Until - timeOfDay;
            if (left > TimeSpan.Zero)
                Score(ban.Source, now).Restore(now + (left < ban.Left ? left : ban.Left), ban.Times);
        }
    }

    /// <summary>How long a newcomer has to wait for its place; null if the queue is full.</summary>
    public TimeSpan? WaitOf(PeerConnection connection, TimeSpan now)
    {
        if (connection.IsConfigured || connection.IsOutbound || !IsLoopback(connection.RemoteHost))
            return TimeSpan.Zero;
        return _loopback.WaitOf(connection.PeerRole, connection.AnnouncedPort, now);
    }

    /// <summary>A peer leaves after a while without having been banned: on loopback, its port need not wait the next time.</summary>
    public void Left(PeerConnection connection, TimeSpan stayed)
    {
        if (IsLoopback(connection.RemoteHost))
            _loopback.Left(connection.PeerRole, connection.AnnouncedPort, stayed);
    }

    /// <summary>Who answers for a peer: <c>203.0.113.5/32</c>, <c>2001:db8:0:1::/64</c>, on loopback <c>loopback:8444</c>.</summary>
    private static string KeyOf(PeerHost host, ushort port) => host.IsLoopback ? $"{LoopbackKeys}{port}" : host.Subscriber.Text;

    private static string KeyOf(PeerConnection connection) =>
        PeerHost.TryParse(connection.RemoteHost, out var host) ? KeyOf(host, connection.AnnouncedPort) : connection.RemoteHost;

    private bool IsBanned(string key, TimeSpan now) => _scores.TryGetValue(key, out var score) && score.BannedUntil > now;

    private static bool IsLoopback(string host) => PeerHost.TryParse(host, out var canonical) && canonical.IsLoopback;

    private PeerScore Score(string key, TimeSpan now)
    {
        if (_scores.TryGetValue(key, out var score))
            return score;
        if (_scores.Count >= Capacity)
            _scores.Remove(_scores.MinBy(s => (s.Value.BannedUntil > now, s.Value.At(now))).Key);
        return _scores[key] = new PeerScore();
    }
}
