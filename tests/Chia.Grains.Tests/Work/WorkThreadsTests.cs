using Chia.Grains.Harvester;

namespace Chia.Grains.Tests.Work;

/// <summary>Work runs beside the thread pool, the urgent first.</summary>
public class WorkThreadsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_runs_on_threads_of_its_own()
    {
        using var threads = new HarvesterThreads(2);
        Assert.False(await threads.Run(() => Thread.CurrentThread.IsThreadPoolThread).WaitAsync(Cancellation));
        Assert.StartsWith(
            "harvester", await threads.Run(() => Thread.CurrentThread.Name).WaitAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_runs_at_once_than_there_are_threads()
    {
        using var threads = new HarvesterThreads(3);
        using var full = new CountdownEvent(3);
        var (now, most) = (0, 0);
        var works = Enumerable.Range(0, 60).Select(i => threads.Run(() =>
        {
            var running = Interlocked.Increment(ref now);
            lock (full)
                most = Math.Max(most, running);
            if (i < 3)
            {
                full.Signal();
                full.Wait(Cancellation);
            }

            Interlocked.Decrement(ref now);
            return i;
        })).ToList();
        Assert.Equal(Enumerable.Range(0, 60), await Task.WhenAll(works).WaitAsync(Cancellation));
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task Urgent_work_goes_before_what_waits()
    {
        using var threads = new HarvesterThreads(1);
        using var gate = new ManualResetEventSlim();
        var order = new List<string>();
        using var started = new ManualResetEventSlim();
        var first = threads.Run(() => { started.Set(); gate.Wait(Cancellation); return Note("first"); });
        started.Wait(Cancellation);
        var bulk = threads.Run(() => Note("bulk"));
        var urgent = threads.Run(() => Note("urgent"), isUrgent: true);
        gate.Set();
        await Task.WhenAll(first, bulk, urgent).WaitAsync(Cancellation);
        Assert.Equal(["first", "urgent", "bulk"], order);

        bool Note(string what)
        {
            order.Add(what);
            return true;
        }
    }

    [Fact]
    public async Task A_fault_comes_out_of_the_task_and_the_thread_lives_on()
    {
        using var threads = new HarvesterThreads(1);
        await Assert.ThrowsAsync<IOException>(() => threads.Run<int>(() => throw new IOException("no disk")).WaitAsync(Cancellation));
        Assert.Equal(5, await threads.Run(() => 5).WaitAsync(Cancellation));
    }

    [Fact]
    public async Task What_is_not_wanted_any_more_is_not_begun()
    {
        using var threads = new HarvesterThreads(1);
        using var started = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        using var wanted = new CancellationTokenSource();
        var begun = false;
        var running = threads.Run(() => { started.Set(); gate.Wait(Cancellation); return 1; }, cancellation: wanted.Token);
        var waiting = threads.Run(() => begun = true, cancellation: wanted.Token);
        started.Wait(Cancellation);
        await wanted.CancelAsync();
        gate.Set();
        Assert.Equal(1, await running.WaitAsync(Cancellation));
        await Assert.ThrowsAsync<TaskCanceledException>(() => waiting.WaitAsync(Cancellation));
        Assert.False(begun);
    }

    [Fact]
    public async Task Stopping_cancels_what_waits()
    {
        var threads = new HarvesterThreads(1);
        using var started = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        var running = threads.Run(() => { started.Set(); gate.Wait(Cancellation); return 1; });
        var waiting = threads.Run(() => 2);
        started.Wait(Cancellation);
        threads.Dispose();
        gate.Set();
        Assert.Equal(1, await running.WaitAsync(Cancellation));
        await Assert.ThrowsAsync<TaskCanceledException>(() => waiting.WaitAsync(Cancellation));
    }
}
