using Chia.GrainInterfaces.Peers;
using Chia.Grains.Peers;

namespace Chia.Grains.Tests.Peers;

public class PeerScoreTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private readonly PeerScore _score = new();

    [Fact]
    public void Points_add_up_to_the_limit()
    {
        for (var i = 0; i < 3; i++)
            Assert.False(_score.Add(Blame.BadData("").Points, Now));
        Assert.True(_score.Add(Blame.BadData("").Points, Now));
    }

    [Fact]
    public void A_breach_is_enough() => Assert.True(_score.Add(Blame.Breach("").Points, Now));

    [Fact]
    public void Half_of_it_fades_in_ten_minutes()
    {
        _score.Add(80, Now);
        Assert.Equal(40, _score.At(Now.AddMinutes(10)), 6);
        Assert.False(_score.Add(59, Now.AddMinutes(10)));
        Assert.True(_score.Add(1, Now.AddMinutes(10)));
    }

    [Fact]
    public void Being_slow_now_and_then_is_never_too_much()
    {
        for (var minute = 0; minute < 1000; minute++)
            Assert.False(_score.Add(Blame.Unhelpful("").Points, Now.AddMinutes(minute)));
    }
}
