using Chia.Gateway.Connections;
using Chia.Gateway.Tests.Support;
using Chia.Testing;
using Orleans.Runtime;

namespace Chia.Gateway.Tests.Connections;

/// <summary>How long a call waits for a cluster that moves.</summary>
public sealed class ClusterPatienceTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private readonly ManualTime _time = new();
    private int _calls;

    [Fact]
    public async Task A_call_is_tried_again_until_the_cluster_is_back()
    {
        var answer = Patience().Try(() => ++_calls < 3 ? throw Away() : Task.FromResult("here"), CancellationToken.None);
        await Pass(0.1);
        await Pass(0.2);
        Assert.Equal("here", await answer.InTime());
        Assert.Equal(3, _calls);
    }

    [Fact]
    public async Task A_cluster_that_stays_away_is_given_up_in_time()
    {
        var answer = Patience().Try<string>(() => { _calls++; throw Away(); }, CancellationToken.None);
        foreach (var pause in new[] { 0.1, 0.2, 0.4, 0.8, 1.6, 2 })
            await Pass(pause);
        Assert.Null(await answer.InTime());
        Assert.Equal(7, _calls);
    }

    /// <summary>It got there, and may have been done.</summary>
    [Fact]
    public async Task A_call_of_unknown_outcome_is_not_made_twice()
    {
        await Assert.ThrowsAsync<TimeoutException>(
            () => Patience().Try<string>(() => { _calls++; throw new TimeoutException(); }, CancellationToken.None));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task Nobody_waits_who_does_not_want_to_any_more()
    {
        using var stopping = new CancellationTokenSource();
        var answer = Patience().Try<string>(() => throw Away(), stopping.Token);
        await _time.WhenPending(TimeSpan.FromSeconds(0.1)).InTime();
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer.InTime());
    }

    private ClusterPatience Patience() => new(Limit, _time);

    private static SiloUnavailableException Away() => new("no silo");

    private async Task Pass(double seconds)
    {
        await _time.WhenPending(TimeSpan.FromSeconds(seconds)).InTime();
        _time.Advance(TimeSpan.FromSeconds(seconds));
    }
}
