using System.IO.Pipelines;
using Chia.Gateway.Configuration;
using Chia.Gateway.Connections.Queues;
using Chia.Gateway.Tests.Support;
using Chia.Testing;

namespace Chia.Gateway.Tests.Connections.Queues;

public class OutboundQueueTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly ManualTime _time = new();

    private OutboundQueue Queue(GatewayLimits limits) => new(limits, new OutboundBudget(limits.OutboundBudget), _time, () => { });

    [Fact]
    public async Task What_is_queued_is_written_in_order_to_the_end()
    {
        var queue = Queue(new GatewayLimits());
        var pipe = new Pipe();
        Assert.True(queue.TryEnqueue([1, 2]));
        Assert.True(queue.TryEnqueue([3]));
        queue.Complete();
        Assert.False(queue.TryEnqueue([4]));
        await queue.WriteAll(pipe.Writer, Token);
        Assert.Equal(3, queue.BytesWritten);
        Assert.Equal([1, 2, 3], (await pipe.Reader.ReadAsync(Token)).Buffer.FirstSpan.ToArray());
    }

    [Fact]
    public void Frames_and_bytes_are_bounded()
    {
        var frames = Queue(new GatewayLimits { OutboundQueue = 2 });
        Assert.True(frames.TryEnqueue([1]));
        Assert.True(frames.TryEnqueue([1]));
        Assert.False(frames.TryEnqueue([1]));

        var bytes = Queue(new GatewayLimits { OutboundQueueBytes = 10 });
        Assert.True(bytes.TryEnqueue(new byte[6]));
        Assert.False(bytes.TryEnqueue(new byte[5]));
        Assert.True(bytes.TryEnqueue(new byte[4]));
    }

    [Fact]
    public async Task One_frame_may_be_larger_than_all_others_together()
    {
        var queue = Queue(new GatewayLimits { OutboundQueueBytes = 10 });
        Assert.True(queue.TryEnqueue(new byte[100_000]));
        Assert.True(queue.TryEnqueue(new byte[10]));
        Assert.False(queue.TryEnqueue(new byte[1]));
        Assert.False(queue.TryEnqueue(new byte[11]));
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        queue.Complete();
        await queue.WriteAll(pipe.Writer, Token);
        Assert.Equal(100_010, queue.BytesWritten);
    }

    [Fact]
    public async Task A_slow_peer_may_take_its_time_over_a_large_frame_as_long_as_it_takes_something()
    {
        var limits = new GatewayLimits();
        var queue = Queue(limits);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        queue.TryEnqueue(new byte[3 * (64 << 10)]);
        queue.Complete();
        var writing = queue.WriteAll(pipe.Writer, Token);
        for (var i = 0; i < 3; i++)
        {
            // A piece that has arrived says that the one before has been dealt with, its deadline included.
            var read = await pipe.Reader.ReadAtLeastAsync(64 << 10, Token).AsTask().InTime();
            Assert.Equal(64 << 10, read.Buffer.Length);
            _time.Advance(limits.WriteTimeout - TimeSpan.FromSeconds(1));
            pipe.Reader.AdvanceTo(read.Buffer.End);
        }

        await writing.InTime();
    }

    [Fact]
    public async Task What_has_been_written_makes_room_again()
    {
        var queue = Queue(new GatewayLimits { OutboundQueueBytes = 10 });
        var pipe = new Pipe();
        var writing = queue.WriteAll(pipe.Writer, Token);
        for (var i = 0; i < 5; i++)
        {
            Assert.True(queue.TryEnqueue(new byte[10]));
            var read = await pipe.Reader.ReadAtLeastAsync(10, Token);
            pipe.Reader.AdvanceTo(read.Buffer.End);
            while (queue.BytesWritten < (i + 1) * 10)
                await Task.Yield();
        }

        queue.Complete();
        await writing;
    }

    [Fact]
    public async Task A_write_that_gets_nowhere_ends_it()
    {
        var limits = new GatewayLimits();
        var queue = Queue(limits);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        queue.TryEnqueue(new byte[10]);
        var writing = queue.WriteAll(pipe.Writer, Token);
        await _time.WhenPending(limits.WriteTimeout).InTime();
        _time.Advance(limits.WriteTimeout);
        await Assert.ThrowsAsync<TimeoutException>(() => writing);
    }

    [Fact]
    public async Task Who_waits_until_what_was_queued_is_read_goes_on_when_it_is()
    {
        var queue = Queue(new GatewayLimits { AnswerBacklog = 10 });
        queue.TryEnqueue(new byte[10]);
        await queue.WaitUntilRead(Token).AsTask().InTime();
        queue.TryEnqueue(new byte[10]);
        var waiting = queue.WaitUntilRead(Token).AsTask();
        Assert.False(waiting.IsCompleted);
        var pipe = new Pipe();
        queue.Complete();
        await queue.WriteAll(pipe.Writer, Token);
        await waiting.InTime();
    }

    /// <summary>Two that ask each other for much and read no further would wait for each other for ever.</summary>
    [Fact]
    public async Task Who_waits_until_it_is_read_waits_for_a_while_only()
    {
        var limits = new GatewayLimits { AnswerBacklog = 10 };
        var queue = Queue(limits);
        queue.TryEnqueue(new byte[11]);
        var waiting = queue.WaitUntilRead(Token).AsTask();
        await _time.WhenPending(limits.BacklogPatience).InTime();
        _time.Advance(limits.BacklogPatience);
        await waiting.InTime();
        Assert.Equal(11, queue.BytesQueued);
    }

    [Fact]
    public async Task A_peer_that_is_gone_ends_it_quietly()
    {
        var queue = Queue(new GatewayLimits());
        var pipe = new Pipe();
        await pipe.Reader.CompleteAsync();
        Assert.True(queue.TryEnqueue([1]));
        var writing = queue.WriteAll(pipe.Writer, Token);
        await writing.InTime();
        Assert.True(writing.IsCompletedSuccessfully);
    }
}
