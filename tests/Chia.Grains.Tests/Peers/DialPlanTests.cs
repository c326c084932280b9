using Chia.GrainInterfaces.Peers;
using Chia.Grains.Peers;
using Chia.Grains.Tests.Support;
using Chia.Protocol.Addresses;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Tests.Peers;

/// <summary>Whom to dial, and on whose word (PROTOCOL.md 7.3, 11.14, DECISIONS 21).</summary>
public sealed class DialPlanTests
{
    private const string PublicIntroducer = "9.9.9.9";
    private readonly PeerDirectoryOptions _options = new();
    private readonly AddressBook _book = new();
    private readonly Reputation _reputation;
    private readonly DialPlan _plan;
    private TimeSpan _now = TimeSpan.FromHours(1);

    public DialPlanTests()
    {
        _reputation = new Reputation(_options);
        _plan = new DialPlan(_options, _book, _reputation);
    }

    [Fact]
    public void Candidates_are_known_unconnected_and_not_ourselves_as_many_as_are_missing()
    {
        Learn([.. Enumerable.Range(1, 30).Select(Endpoint)]);
        _plan.IsOurselves(Endpoint(3));
        var candidates = Candidates(9, Endpoint(1));
        Assert.Equal(9, candidates.Distinct().Count());
        Assert.DoesNotContain(Endpoint(1), candidates);
        Assert.DoesNotContain(Endpoint(3), candidates);

        // Not at once again; what we are is never learnt.
        Assert.Empty(Candidates(30).Intersect(candidates));
        Learn([Endpoint(3)]);
        _now += TimeSpan.FromSeconds(61);
        var later = Candidates(30);
        Assert.DoesNotContain(Endpoint(3), later);
        Assert.Superset(candidates.ToHashSet(), later.ToHashSet());
    }

    [Fact]
    public void A_peer_in_many_spellings_is_dialled_once()
    {
        _options.ListensWithin = AddressScope.Loopback;
        string[] spellings =
            ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "::ffff:127.0.0.1", "::ffff:7f00:1", "127.0.1", "localhost",
            "LOCALHOST", "localhost."];
        _plan.Learn(spellings.Select(s => PeerAddress.Of(s, 8444)), "127.0.0.1", _now);
        Assert.Equal([PeerAddress.Of("127.0.0.1", 8444)], Candidates(10));
        _now += TimeSpan.FromMinutes(2);
        Assert.Empty(Candidates(10, PeerAddress.Of("127.0.0.1", 8444)));
    }

    [Fact]
    public void What_the_operator_keeps_is_kept_once_until_it_is_released()
    {
        _plan.Keep(Endpoint(1));
        _plan.Keep(Endpoint(2));
        _plan.Keep(Endpoint(1));
        Assert.Equal([Endpoint(1), Endpoint(2)], _plan.Kept);
        Assert.True(_plan.Release(Endpoint(1)));
        Assert.False(_plan.Release(Endpoint(1)));
        Assert.Equal([Endpoint(2)], _plan.Kept);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(2, 1)]
    [InlineData(3, 0)]
    [InlineData(9, 0)]
    public void What_is_missing_to_the_target_is_never_negative(int connected, int missing)
    {
        _options.TargetPeerCount = 3;
        Assert.Equal(missing, _plan.Missing(Enumerable.Range(1, connected).Select(Endpoint)));
    }

    [Fact]
    public void Who_is_banned_is_not_dialled()
    {
        Learn([Endpoint(1)]);
        var liar = TestPeers.Connection(Role.FullNode, Role.FullNode, "liar") with { RemoteHost = Endpoint(1).Host.ToString() };
        _reputation.Penalise(liar, Blame.Breach("lied"), isNeeded: true, _now, out _);
        Assert.Empty(Candidates(10));
    }

    [Theory]
    [InlineData("8.8.8.8", PublicIntroducer, AddressScope.Public, true)]
    [InlineData("node.example.org", PublicIntroducer, AddressScope.Public, true)]
    [InlineData("192.168.1.2", PublicIntroducer, AddressScope.Public, false)]
    [InlineData("192.168.1.2", "192.168.1.1", AddressScope.Public, true)]
    [InlineData("127.0.0.1", PublicIntroducer, AddressScope.Public, false)]
    [InlineData("127.0.0.1", "192.168.1.1", AddressScope.Public, false)]
    [InlineData("127.0.0.1", "127.0.0.1", AddressScope.Public, false)]
    [InlineData("::ffff:127.0.0.1", PublicIntroducer, AddressScope.Public, false)]
    [InlineData("127.0.0.1", "127.0.0.1", AddressScope.Loopback, true)]
    [InlineData("169.254.1.1", "192.168.1.1", AddressScope.Public, false)]
    [InlineData("64:ff9b::7f00:1", PublicIntroducer, AddressScope.Public, false)]
    [InlineData("203.0.113.1", PublicIntroducer, AddressScope.Public, false)]
    public void Special_addresses_are_dialled_on_nobodys_word(string told, string teller, AddressScope listens, bool isDialled)
    {
        _options.ListensWithin = listens;
        _plan.Learn([PeerAddress.Of(told, 8444)], teller, _now);
        Assert.Equal(isDialled, Candidates(1).Length == 1);
    }

    [Fact]
    public void An_address_that_failed_is_not_dialled_again_at_once()
    {
        Learn([Endpoint(1)]);
        Assert.Single(Candidates(1));
        _book.Remove(Endpoint(1));
        Learn([Endpoint(1)]);
        _now += TimeSpan.FromSeconds(60);
        Assert.Empty(Candidates(1));
        _now += TimeSpan.FromSeconds(1);
        Assert.Single(Candidates(1));
    }

    private void Learn(PeerAddress[] peers) => _plan.Learn(peers, PublicIntroducer, _now);

    private PeerAddress[] Candidates(int missing, params PeerAddress[] connected) => _plan.Candidates(connected, missing, _now);

    private static PeerAddress Endpoint(int i) => PeerAddress.Of($"8.8.{i}.1", 8444);
}
