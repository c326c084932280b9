using Chia.Gateway.Connections;
using Chia.Gateway.Tests.Support;
using Chia.Testing;

namespace Chia.Gateway.Tests.Connections;

/// <summary>Everybody who asks is answered in turn, by what his answers cost and not by how often he asks.</summary>
public sealed class FairTurnsTests
{
    private readonly ManualTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_quiet_asker_goes_before_a_hundred_that_ask_without_end()
    {
        var turns = new FairTurns(1, _time);
        var crowd = new Crowd(turns, _time, 100);
        for (var i = 0; i < 300; i++)
            await crowd.AnswerOne(milliseconds: 3);

        // It asks every now and then: each time nobody but the one under way is answered before it.
        var quiet = new FairTurns.Asker();
        for (var i = 0; i < 20; i++)
        {
            var asked = turns.Take(quiet, Cancellation);
            Assert.False(asked.IsCompleted);
            await crowd.AnswerOne(milliseconds: 3);
            using (await asked.InTime())
                _time.Advance(TimeSpan.FromMilliseconds(1));
            for (var n = 0; n < 50; n++)
                await crowd.AnswerOne(milliseconds: 3);
        }
    }

    [Fact]
    public async Task Who_asks_for_much_gets_no_more_than_who_asks_for_little()
    {
        var turns = new FairTurns(1, _time);
        var dear = new Crowd(turns, _time, 2);
        var cheap = new Crowd(turns, _time, 2);
        for (var i = 0; i < 1100; i++)
        {
            if (await dear.HasTurnBefore(cheap))
                await dear.AnswerOne(milliseconds: 10);
            else
                await cheap.AnswerOne(milliseconds: 1);
        }

        Assert.InRange(dear.Answered, 90, 110);
        Assert.InRange(cheap.Answered, 990, 1010);
    }

    [Fact]
    public async Task Bytes_are_charged_as_time_is()
    {
        var turns = new FairTurns(1, _time);
        var large = new Crowd(turns, _time, 2);
        var small = new Crowd(turns, _time, 2);
        for (var i = 0; i < 600; i++)
        {
            if (await large.HasTurnBefore(small))
                await large.AnswerOne(bytes: 25_000_000);
            else
                await small.AnswerOne(bytes: 1_000_000);
        }

        Assert.InRange(small.Answered, 20 * large.Answered, 30 * large.Answered);
    }

    [Fact]
    public async Task No_more_are_answered_at_once_than_there_are_places()
    {
        var turns = new FairTurns(3, _time);
        var waiting = Enumerable.Range(0, 10).Select(_ => turns.Take(new FairTurns.Asker(), Cancellation)).ToList();
        var underWay = waiting.Where(t => t.IsCompletedSuccessfully).ToList();
        Assert.Equal(3, underWay.Count);
        waiting.RemoveAll(underWay.Contains);
        while (underWay.Count > 0)
        {
            (await underWay[0]).Dispose();
            underWay.RemoveAt(0);
            if (waiting.Count == 0)
                continue;
            var next = await Task.WhenAny(waiting).InTime();
            waiting.Remove(next);
            underWay.Add(next);
            Assert.DoesNotContain(waiting, t => t.IsCompleted);
        }
    }

    [Fact]
    public async Task Who_leaves_the_line_takes_no_place()
    {
        var turns = new FairTurns(1, _time);
        using var gone = new CancellationTokenSource();
        var first = await turns.Take(new FairTurns.Asker(), Cancellation);
        var leaving = turns.Take(new FairTurns.Asker(), gone.Token);
        var staying = turns.Take(new FairTurns.Asker(), Cancellation);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving.InTime());
        first.Dispose();
        (await staying.InTime()).Dispose();
        (await turns.Take(new FairTurns.Asker(), Cancellation)).Dispose();
    }

    /// <summary>A silo that stands still keeps its own callers waiting, not everybody.</summary>
    [Fact]
    public async Task An_answer_that_does_not_come_keeps_nobody_waiting_for_long()
    {
        var turns = new FairTurns(2, _time);
        var stuck = new[] { await turns.Take(new(), Cancellation), await turns.Take(new(), Cancellation) };
        var waiting = turns.Take(new FairTurns.Asker(), Cancellation);
        _time.Advance(FairTurns.Patience - TimeSpan.FromMilliseconds(1));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        using var turn = await waiting.InTime();

        // When they come after all, no place comes back twice.
        foreach (var late in stuck)
            late.Dispose();
        using var second = await turns.Take(new FairTurns.Asker(), Cancellation);
        Assert.False(turns.Take(new FairTurns.Asker(), Cancellation).IsCompleted);
    }

    /// <summary>Askers each of whom asks again as soon as it is answered.</summary>
    private sealed class Crowd
    {
        private readonly FairTurns _turns;
        private readonly ManualTime _time;
        private readonly List<(FairTurns.Asker Asker, Task<FairTurns.Turn> Turn)> _asked = [];

        public Crowd(FairTurns turns, ManualTime time, int count)
        {
            (_turns, _time) = (turns, time);
            for (var i = 0; i < count; i++)
                Ask(new FairTurns.Asker());
        }

        public int Answered { get; private set; }

        private Task<Task<FairTurns.Turn>> Next => Task.WhenAny(_asked.Select(a => a.Turn)).InTime();

        public async Task<bool> HasTurnBefore(Crowd other)
        {
            var next = Next;
            return await Task.WhenAny(next, other.Next) == next;
        }

        public async Task AnswerOne(int milliseconds = 0, long bytes = 0)
        {
            var granted = await Next;
            var asker = _asked.Single(a => a.Turn == granted).Asker;
            _asked.RemoveAll(a => a.Asker == asker);
            var turn = await granted;
            _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            turn.Bytes = bytes;
            turn.Dispose();
            Answered++;
            Ask(asker);
        }

        private void Ask(FairTurns.Asker asker) => _asked.Add((asker, _turns.Take(asker, Cancellation)));
    }
}
