using Chia.Grains.Peers;

namespace Chia.Grains.Tests.Peers;

/// <summary>Of several gateways one dials a configured peer.</summary>
public sealed class DialClaimsTests
{
    private const string Target = "peer.example:8444";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly ConnectionTable _table = new(Timeout);
    private readonly DialClaims _claims;
    private TimeSpan _now = TimeSpan.FromHours(1);

    public DialClaimsTests() => _claims = new DialClaims(_table);

    [Fact]
    public void The_first_that_asks_dials_and_no_other()
    {
        Assert.True(Claim("one"));
        Assert.False(Claim("two"));
        Assert.True(Claim("one"));
        Assert.True(Claim("two", "other.example:8444"));
    }

    /// <summary>A gateway asks before its first beat.</summary>
    [Fact]
    public void Who_asks_lives_though_it_has_not_beaten()
    {
        Assert.True(Claim("one"));
        Assert.True(_table.IsAlive("one", _now));
        _now += Timeout;
        Assert.False(Claim("two"));
    }

    [Fact]
    public void The_claim_of_a_gateway_that_died_passes_to_the_next_that_asks()
    {
        Assert.True(Claim("one"));
        _now += Timeout + TimeSpan.FromSeconds(1);
        Assert.True(Claim("two"));

        // The first comes back, and finds that it is late.
        Assert.False(Claim("one"));
    }

    [Fact]
    public void A_gateway_that_beats_keeps_its_claim()
    {
        Assert.True(Claim("one"));
        _now += Timeout;
        _table.Seen("one", _now);
        _now += Timeout;
        Assert.False(Claim("two"));
    }

    private bool Claim(string gateway, string target = Target) => _claims.Claim(gateway, target, _now);
}
