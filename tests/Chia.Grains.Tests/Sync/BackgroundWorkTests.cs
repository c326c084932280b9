using Chia.Grains.Sync;
using Chia.Sync.Machine;
using Chia.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chia.Grains.Tests.Sync;

/// <summary>Work of the sync that outlasts a turn: tried again while the cluster moves, and not after the grain has ended.</summary>
public sealed class BackgroundWorkTests
{
    private static readonly SyncEffect Question = new SyncEffect.ClearSyncCollection();

    private readonly ManualTime _clock = new();
    private readonly List<string> _failed = [];
    private readonly BackgroundWork _work;
    private int _attempts;

    public BackgroundWorkTests() => _work = new BackgroundWork(_clock, NullLogger.Instance, (_, why) => _failed.Add(why));

    [Fact]
    public async Task What_fails_because_the_cluster_moves_is_tried_again_after_a_pause()
    {
        var work = _work.Start(() => Attempt(failures: 2, new TimeoutException("a silo is away")), Question);
        Assert.Equal(1, _attempts);
        _clock.Advance(BackgroundWork.RetryPause);
        await _clock.WhenPending(BackgroundWork.RetryPause);
        Assert.Equal(2, _attempts);
        _clock.Advance(BackgroundWork.RetryPause);
        await work;
        Assert.Equal(3, _attempts);
        Assert.Empty(_failed);
    }

    /// <summary>A blame that was not answered in time may be counted already.</summary>
    [Fact]
    public async Task What_must_not_be_done_twice_is_tried_again_only_if_it_cannot_have_been_done()
    {
        await _work.Start(() => Attempt(failures: 1, new TimeoutException("no answer")), mayRepeat: false);
        Assert.Equal(1, _attempts);

        var work = _work.Start(() => Attempt(failures: 2, new OrleansException("the silo is gone")), mayRepeat: false);
        Assert.Equal(2, _attempts);
        _clock.Advance(BackgroundWork.RetryPause);
        await work;
        Assert.Equal(3, _attempts);
        Assert.Empty(_failed);
    }

    [Fact]
    public async Task What_waits_for_its_next_attempt_is_not_begun_after_the_grain_has_ended()
    {
        var work = _work.Start(() => Attempt(failures: 1, new StoreRefusesException("the disk is full")), Question);
        _work.Stop();
        _clock.Advance(BackgroundWork.RetryPause);
        await work;
        Assert.Equal(1, _attempts);
    }

    [Fact]
    public async Task A_fault_of_ours_answers_the_question_and_is_not_tried_again()
    {
        var work = _work.Start(() => Attempt(failures: 1, new InvalidOperationException("a fault")), Question);
        _clock.Advance(BackgroundWork.RetryPause);
        await work;
        Assert.Equal(["a fault"], _failed);
        Assert.Equal(1, _attempts);
    }

    [Fact]
    public async Task What_was_forgotten_answers_nothing()
    {
        var work = _work.Start(() => Attempt(failures: 1, new ChecksForgottenException(new OperationCanceledException())), Question);
        _clock.Advance(BackgroundWork.RetryPause);
        await work;
        Assert.Empty(_failed);
        Assert.Equal(1, _attempts);
    }

    private Task Attempt(int failures, Exception fault) => ++_attempts <= failures ? Task.FromException(fault) : Task.CompletedTask;
}
