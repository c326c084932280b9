using System.IO.Pipelines;
using Chia.Gateway.Configuration;
using Chia.Gateway.Connections.Queues;
using Chia.Gateway.Tests.Support;
using Chia.Testing;

namespace Chia.Gateway.Tests.Connections.Queues;

/// <summary>All that waits to be sent fits one budget; when it does not, the one who does not read goes and not the one who asked for
/// much.</summary>
public sealed class OutboundBudgetTests
{
    private readonly ManualTime _time = new();
    private readonly OutboundBudget _budget = new(1000);
    private readonly List<string> _gone = [];

    [Fact]
    public void Many_that_do_not_read_cost_no_more_than_the_budget()
    {
        var queues = Enumerable.Range(0, 200).Select(i => Queue($"{i}")).ToList();
        foreach (var queue in queues)
        {
            queue.TryEnqueue(new byte[90]);
            Assert.InRange(_budget.Used, 0, 1000);
        }

        Assert.Equal(189, _gone.Count);
        Assert.Equal(11 * 90, _budget.Used);
    }

    [Fact]
    public async Task Whoever_reads_keeps_his_connection_though_he_holds_the_most()
    {
        var reader = Queue("reader");
        var silent = Queue("silent");
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        silent.TryEnqueue(new byte[100]);
        Assert.True(reader.TryEnqueue(new byte[200]));
        Assert.True(reader.TryEnqueue(new byte[600]));
        var writing = reader.WriteAll(pipe.Writer, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(30));
        var read = await pipe.Reader.ReadAtLeastAsync(200, TestContext.Current.CancellationToken);
        pipe.Reader.AdvanceTo(read.Buffer.End);
        read = await pipe.Reader.ReadAtLeastAsync(600, TestContext.Current.CancellationToken);

        reader.TryEnqueue(new byte[350]);
        Assert.Equal(["silent"], _gone);
        reader.Complete();
        pipe.Reader.AdvanceTo(read.Buffer.End);
        await pipe.Reader.ReadAtLeastAsync(350, TestContext.Current.CancellationToken);
        await pipe.Reader.CompleteAsync();
        await writing.InTime();
        Assert.Equal(0, _budget.Used);
    }

    [Fact]
    public void A_large_answer_counts_too()
    {
        var limits = new GatewayLimits { OutboundQueueBytes = 100 };
        var idle = new OutboundQueue(limits, _budget, _time, () => _gone.Add("idle"));
        Assert.True(idle.TryEnqueue(new byte[900]));
        Assert.Equal(900, _budget.Used);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Queue("other").TryEnqueue(new byte[200]));
        Assert.Equal(["idle"], _gone);
        Assert.False(idle.TryEnqueue([1]));
        Assert.Equal(200, _budget.Used);
    }

    [Fact]
    public void A_queue_that_has_ended_holds_nothing()
    {
        var queue = Queue("queue");
        queue.TryEnqueue(new byte[500]);
        queue.Dispose();
        Assert.Equal(0, _budget.Used);
        Assert.False(queue.TryEnqueue([1]));
        Assert.Equal(0, _budget.Used);
        Assert.Empty(_gone);
    }

    private OutboundQueue Queue(string name) => new(new GatewayLimits(), _budget, _time, () => _gone.Add(name));
}
