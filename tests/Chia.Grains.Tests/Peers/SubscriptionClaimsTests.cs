using Chia.Grains.Peers;

namespace Chia.Grains.Tests.Peers;

/// <summary>What a gateway that died subscribed to is taken out, and nothing else.</summary>
public sealed class SubscriptionClaimsTests
{
    private static readonly Guid One = Guid.NewGuid(), Two = Guid.NewGuid(), Three = Guid.NewGuid();
    private readonly SubscriptionClaims _claims = new();

    [Fact]
    public void Those_of_a_gateway_that_died_go_at_once_and_it_is_told_when_it_lives_after_all()
    {
        Assert.True(_claims.Claim("a", [One, Two]));
        Assert.True(_claims.Claim("b", [Three]));
        Assert.Equal([One, Two], _claims.Release("a"));
        Assert.Empty(_claims.Release("a"));
        Assert.False(_claims.Claim("a", [One, Two]));
        Assert.True(_claims.Claim("b", [Three]));
    }

    [Fact]
    public void What_nobody_claims_goes_at_the_second_look()
    {
        _claims.Claim("a", [One]);
        Assert.Empty(_claims.Unclaimed([One, Two, Three]));
        _claims.Claim("b", [Three]);
        Assert.Equal([Two], _claims.Unclaimed([One, Two, Three]));
        Assert.Empty(_claims.Unclaimed([One, Three]));
        Assert.False(_claims.Claim("c", [Two]));
    }

    /// <summary>A directory lives for months, and gateways come and go.</summary>
    [Fact]
    public void Of_gateways_that_died_the_newest_are_remembered()
    {
        var all = Enumerable.Range(0, 3 * SubscriptionClaims.MostRemoved).Select(_ => Guid.NewGuid()).ToList();
        foreach (var few in all.Chunk(5))
        {
            for (var time = 0; time < 2; time++)
            {
                _claims.Claim("dying", few);
                Assert.Equal(few, _claims.Release("dying"));
            }
        }

        Assert.Equal(all[^SubscriptionClaims.MostRemoved..], all.Where(subscription => !_claims.Claim("late", [subscription])));
    }
}
