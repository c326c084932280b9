using Chia.Silo.Hosting.Streams;
using Orleans.Runtime;

namespace Chia.Silo.Tests.Hosting.Streams;

/// <summary>The queue between publishers and the agent that delivers their broadcasts.</summary>
public sealed class LocalQueueTests
{
    private static readonly StreamId Stream = StreamId.Create("broadcasts", "main");

    /// <summary>The agent's cache finds nothing by its number that came in another order.</summary>
    [Fact]
    public async Task What_many_publish_at_once_leaves_in_the_order_of_its_numbers()
    {
        const int Each = 2_000;
        var queue = new LocalQueue();
        using var together = new Barrier(4);
        var publishers = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            together.SignalAndWait();
            for (var i = 0; i < Each; i++)
                queue.Put(Stream, [i]);
        })).ToList();
        publishers.ForEach(publisher => publisher.Start());
        publishers.ForEach(publisher => publisher.Join());

        var numbers = new List<long>();
        while (numbers.Count < 4 * Each)
            numbers.AddRange((await queue.GetQueueMessagesAsync(100)).Cast<LocalBatch>().Select(batch => batch.Number));
        Assert.Equal(Enumerable.Range(1, 4 * Each).Select(number => (long)number), numbers);
    }

    [Fact]
    public async Task What_one_publishes_leaves_in_its_order()
    {
        var queue = new LocalQueue();
        for (var i = 0; i < 10; i++)
            queue.Put(Stream, [i]);
        var items = (await queue.GetQueueMessagesAsync(-1)).SelectMany(batch => batch.GetEvents<int>()).Select(item => item.Item1);
        Assert.Equal(Enumerable.Range(0, 10), items);
    }
}
