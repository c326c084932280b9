using Chia.GrainInterfaces.Peers;
using Chia.Grains.Peers;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.Peers;

/// <summary>Liars are kept out whatever it costs, the slow are not (DECISIONS 21 on who counts as one).</summary>
public sealed class ReputationTests
{
    private readonly PeerDirectoryOptions _options = new();
    private readonly Reputation _reputation;
    private TimeSpan _now = TimeSpan.FromHours(1);

    public ReputationTests() => _reputation = new Reputation(_options);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_liar_is_kept_out_however_few_peers_there_are(bool isNeeded)
    {
        var liar = At("203.0.113.1");
        Assert.Equal(BlameOutcome.Banned, Penalise(liar, Blame.Breach("lied"), isNeeded));
        Assert.True(IsBanned(liar));
        Assert.True(IsBanned(At("203.0.113.1", 1)));
        Assert.False(IsBanned(At("203.0.113.2")));
        _now += _options.BanTime;
        Assert.False(IsBanned(liar));
    }

    [Fact]
    public void Bad_data_four_times_is_a_lie()
    {
        var peer = At("203.0.113.1");
        for (var i = 0; i < 3; i++)
            Assert.Equal(BlameOutcome.Tolerated, Penalise(peer, Blame.BadData("altered"), isNeeded: true));
        Assert.Equal(BlameOutcome.Banned, Penalise(peer, Blame.BadData("altered"), isNeeded: true));
    }

    [Fact]
    public void A_slow_peer_is_kept_out_only_if_it_is_not_needed()
    {
        var needed = At("203.0.113.1");
        Assert.Equal(BlameOutcome.Dropped, Slow(needed, isNeeded: true));
        Assert.False(IsBanned(needed));
        Assert.Equal(BlameOutcome.Tolerated, Penalise(needed, Blame.Unhelpful("slow"), isNeeded: true));

        var spare = At("203.0.113.2");
        Assert.Equal(BlameOutcome.Banned, Slow(spare, isNeeded: false));
        Assert.True(IsBanned(spare));
    }

    [Fact]
    public void Slowness_does_not_add_to_lies()
    {
        var peer = At("203.0.113.1");
        for (var i = 0; i < 19; i++)
            Assert.Equal(BlameOutcome.Tolerated, Penalise(peer, Blame.Unhelpful("slow"), isNeeded: false));
        Assert.Equal(BlameOutcome.Tolerated, Penalise(peer, Blame.BadData("altered"), isNeeded: false));
    }

    [Fact]
    public void Small_faults_fade()
    {
        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(BlameOutcome.Tolerated, Penalise(At("203.0.113.1"), Blame.Unhelpful("slow"), isNeeded: false));
            _now += TimeSpan.FromMinutes(1);
        }
    }

    [Fact]
    public void A_peer_that_the_operator_named_is_dropped_and_may_come_back()
    {
        var named = At("203.0.113.1") with { IsConfigured = true };
        Assert.Equal(BlameOutcome.Dropped, Penalise(named, Blame.Breach("lied"), isNeeded: false));
        Assert.False(IsBanned(named));
    }

    [Fact]
    public void A_relapse_costs_twice_the_time_and_never_more_than_a_day()
    {
        var liar = At("203.0.113.1");
        TimeSpan[] times = [.. Enumerable.Range(0, 8).Select(_ => BanTime(liar))];
        Assert.Equal(_options.BanTime, times[0]);
        Assert.Equal(2 * times[0], times[1]);
        Assert.Equal(4 * times[0], times[2]);
        Assert.Equal(TimeSpan.FromDays(1), times[^1]);
    }

    [Fact]
    public void A_network_of_IPv6_answers_for_its_addresses()
    {
        Penalise(At("2a00:1:2:3::1"), Blame.Breach("lied"), isNeeded: false);
        Assert.True(IsBanned(At("2a00:1:2:3:abcd::9")));
        Assert.False(IsBanned(At("2a00:1:2:4::1")));
        var told = Assert.Single(_reputation.Bans(_now));
        Assert.Equal(new BannedSource("2a00:1:2:3::/64", _options.BanTime), told);
    }

    [Fact]
    public void A_full_memory_keeps_the_banned_and_forgets_the_mildest()
    {
        Penalise(At("203.0.113.1"), Blame.Breach("lied"), isNeeded: false);
        for (var i = 0; i < 2 * Reputation.Capacity; i++)
            Penalise(At($"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}"), Blame.Unhelpful("slow"), isNeeded: false);
        Assert.True(IsBanned(At("203.0.113.1")));
    }

    [Fact]
    public void On_loopback_a_port_answers_and_its_neighbours_do_not()
    {
        Penalise(At("127.0.0.1", 1000), Blame.Breach("lied"), isNeeded: false);
        Assert.True(IsBanned(At("127.0.0.1", 1000)));
        Assert.False(IsBanned(At("127.0.0.1", 1001)));
        Assert.Empty(_reputation.Bans(_now));
    }

    [Fact]
    public void Whoever_changes_its_port_on_loopback_pays_in_time()
    {
        Assert.Equal(TimeSpan.Zero, Wait(2000));
        var admitted = 0;
        var inLine = new PriorityQueue<ushort, TimeSpan>();
        var end = _now + TimeSpan.FromMinutes(2);
        for (ushort port = 3000; _now < end; port++)
        {
            if (Wait(port) is { } wait)
                inLine.Enqueue(port, _now + wait);
            while (inLine.TryPeek(out var next, out var turn) && turn <= _now)
            {
                inLine.Dequeue();
                admitted++;
                Penalise(At("127.0.0.1", next), Blame.Breach("lied"), isNeeded: true);
            }

            _now += TimeSpan.FromMilliseconds(50);
        }

        // Without the line it would be 2,400; with it, one in half a second after the first few.
        Assert.InRange(admitted, 10, 260);
    }

    [Fact]
    public void Others_on_loopback_wait_a_little_each_role_in_a_line_of_its_own_and_regulars_not_at_all()
    {
        for (ushort port = 1; port <= 20; port++)
            Penalise(At("127.0.0.1", port), Blame.Breach("lied"), isNeeded: true);
        for (ushort port = 100; port < 108; port++)
            Assert.Equal(TimeSpan.FromMilliseconds(500 * (port - 100)), Wait(port));
        Assert.Equal(TimeSpan.Zero, _reputation.WaitOf(At("127.0.0.1", 5) with { PeerRole = Role.Farmer }, _now));
        Assert.Equal(TimeSpan.Zero, _reputation.WaitOf(At("203.0.113.1"), _now));
        Assert.Equal(TimeSpan.Zero, _reputation.WaitOf(At("127.0.0.1", 5) with { IsOutbound = true }, _now));
        _reputation.Left(At("127.0.0.1", 900), TimeSpan.FromMinutes(2));
        Assert.Equal(TimeSpan.Zero, Wait(900));
        while (Wait(1000) is { } wait)
            Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private BlameOutcome Penalise(PeerConnection peer, Blame blame, bool isNeeded) =>
        _reputation.Penalise(peer, blame, isNeeded, _now, out _);

    private BlameOutcome Slow(PeerConnection peer, bool isNeeded)
    {
        var outcome = BlameOutcome.Tolerated;
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(BlameOutcome.Tolerated, outcome);
            outcome = Penalise(peer, Blame.Unhelpful("slow"), isNeeded);
        }

        return outcome;
    }

    private TimeSpan BanTime(PeerConnection peer)
    {
        _reputation.Penalise(peer, Blame.Breach("lied"), isNeeded: false, _now, out var time);
        return time;
    }

    private TimeSpan? Wait(ushort port) => _reputation.WaitOf(At("127.0.0.1", port), _now);

    private bool IsBanned(PeerConnection peer) => _reputation.IsBanned(peer, _now);

    private static PeerConnection At(string host, ushort port = 8444) =>
        TestPeers.Connection(Role.FullNode, Role.FullNode, host, port) with { RemoteHost = host };
}
