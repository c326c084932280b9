using Chia.Gateway.Dialling;

namespace Chia.Gateway.Tests.Dialling;

public class BackoffTests
{
    [Fact]
    public void Pauses_double_up_to_half_a_minute_give_or_take_a_quarter()
    {
        var backoff = new Backoff();
        double[] expected = [1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 30, 30, 30];
        foreach (var seconds in expected)
            Assert.InRange(backoff.Next().TotalSeconds, seconds * 0.75, seconds * 1.25);
        backoff.Reset();
        Assert.InRange(backoff.Next().TotalSeconds, 0.75, 1.25);
    }
}
