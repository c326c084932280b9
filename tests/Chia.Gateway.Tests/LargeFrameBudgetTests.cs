using Chia.Gateway.Connections;
using Chia.Gateway.Tests.Support;

namespace Chia.Gateway.Tests;

public class LargeFrameBudgetTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_comes_too_late_waits_until_there_is_room_in_order()
    {
        var budget = new LargeFrameBudget(100);
        var first = await budget.Take(60, Token);
        var second = budget.Take(60, Token);
        var third = budget.Take(10, Token);
        Assert.False(second.IsCompleted);

        // Small ones do not overtake for ever.
        Assert.False(third.IsCompleted);
        first.Dispose();
        await second;
        await third;
        first.Dispose();
        Assert.False(budget.Take(40, Token).IsCompleted);
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_nothing_taken()
    {
        var budget = new LargeFrameBudget(100);
        using var impatient = new CancellationTokenSource();
        var first = await budget.Take(100, Token);
        var second = budget.Take(100, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();
        await budget.Take(100, Token).InTime();
    }
}
