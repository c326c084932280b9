using Chia.Gateway.Connections.Frames;
using Chia.Testing;

namespace Chia.Gateway.Tests.Connections.Frames;

/// <summary>Large frames cost what has arrived of them; when that is too much, who does not end goes and who sends well stays.</summary>
public sealed class LargeFrameBudgetTests
{
    private readonly ManualTime _time = new();
    private readonly LargeFrameBudget _budget = new(100);
    private readonly List<string> _gone = [];

    [Fact]
    public void Announcing_costs_nothing_and_what_arrives_is_given_back_once()
    {
        var frames = Enumerable.Range(0, 50).Select(i => Begin($"{i}")).ToList();
        Assert.Equal(0, _budget.Used);
        frames[0].Grow(10);
        frames[0].Grow(30);
        frames[1].Complete(20);
        Assert.Equal(50, _budget.Used);
        frames.ForEach(frame => frame.Dispose());
        frames.ForEach(frame => frame.Dispose());
        Assert.Equal(0, _budget.Used);
        Assert.Empty(_gone);
    }

    [Fact]
    public void Who_holds_most_for_longest_goes_and_not_who_came_last()
    {
        var stuck = Begin("stuck");
        stuck.Grow(60);
        _time.Advance(TimeSpan.FromSeconds(30));
        var good = Begin("good");
        good.Grow(35);
        _time.Advance(TimeSpan.FromSeconds(1));
        good.Grow(70);
        Assert.Equal(["stuck"], _gone);
        Assert.Equal(70, _budget.Used);

        // What it sends while its connection ends does not count.
        stuck.Grow(90);
        stuck.Dispose();
        Assert.Equal(70, _budget.Used);
    }

    [Fact]
    public void A_frame_that_is_being_handled_is_not_given_up_and_the_bound_holds()
    {
        var handled = Begin("handled");
        handled.Complete(80);
        _time.Advance(TimeSpan.FromHours(1));
        var next = Begin("next");
        next.Grow(30);
        Assert.Equal(["next"], _gone);
        handled.Dispose();
        Assert.Equal(0, _budget.Used);
    }

    private LargeFrameBudget.Lease Begin(string name) => _budget.Begin(_time, () => _gone.Add(name));
}
