using System.IO.Pipelines;
using Chia.Gateway.Connections;
using Chia.Gateway.Tests.Support;
using Chia.Testing;

namespace Chia.Gateway.Tests;

public class OutboundQueueTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly ManualTime _time = new();

    [Fact]
    public async Task What_is_queued_is_written_in_order_to_the_end()
    {
        var queue = new OutboundQueue(new GatewayLimits(), _time);
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
        var frames = new OutboundQueue(new GatewayLimits { OutboundQueue = 2 }, _time);
        Assert.True(frames.TryEnqueue([1]));
        Assert.True(frames.TryEnqueue([1]));
        Assert.False(frames.TryEnqueue([1]));

        var bytes = new OutboundQueue(new GatewayLimits { OutboundQueueBytes = 10 }, _time);
        Assert.True(bytes.TryEnqueue(new byte[6]));
        Assert.False(bytes.TryEnqueue(new byte[5]));
        Assert.True(bytes.TryEnqueue(new byte[4]));
    }

    [Fact]
    public async Task What_has_been_written_makes_room_again()
    {
        var queue = new OutboundQueue(new GatewayLimits { OutboundQueueBytes = 10 }, _time);
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
        var queue = new OutboundQueue(limits, _time);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        queue.TryEnqueue(new byte[10]);
        var writing = queue.WriteAll(pipe.Writer, Token);
        await _time.WhenPending(limits.WriteTimeout).InTime();
        _time.Advance(limits.WriteTimeout);
        await Assert.ThrowsAsync<TimeoutException>(() => writing);
    }

    [Fact]
    public async Task A_peer_that_is_gone_ends_it_quietly()
    {
        var queue = new OutboundQueue(new GatewayLimits(), _time);
        var pipe = new Pipe();
        await pipe.Reader.CompleteAsync();
        queue.TryEnqueue([1]);
        await queue.WriteAll(pipe.Writer, Token);
    }
}
