using Chia.GrainInterfaces.Chain;
using Chia.Grains.Sync;
using Chia.Testing;

namespace Chia.Grains.Tests.Sync;

/// <summary>How the blocks of a sync are gathered into batches.</summary>
public class CheckQueueTests
{
    private static readonly BlockData[] Blocks =
        [.. Vectors.Records("chains", "real300", "blocks.bin").Take(12).Select(record => new BlockData(record))];

    private readonly List<(BlockData[] Blocks, TaskCompletionSource<BlockVerdict[]> Answer)> _asked = [];

    [Fact]
    public async Task What_comes_while_two_batches_are_open_goes_as_one()
    {
        var queue = new CheckQueue(Ask, batchSize: 6, () => CheckQueue.OpenBatches);
        var verdicts = queue.Add(Blocks[..1]).Concat(queue.Add(Blocks[1..2])).ToList();
        Assert.Equal([1, 1], Sizes());

        verdicts.AddRange(queue.Add(Blocks[2..5]));
        verdicts.AddRange(queue.Add(Blocks[5..10]));
        Assert.Equal(2, _asked.Count);

        // Never more than a batch holds; the rest goes next, and every verdict reaches its own block.
        Answer(1);
        Assert.Equal([1, 1, 6], Sizes());
        Answer(0);
        Assert.Equal([1, 1, 6, 2], Sizes());
        Answer(3);
        Answer(2);
        Assert.Equal(
            Blocks[..10].Select(block => block.Block.HeaderHash()), (await Task.WhenAll(verdicts)).Select(verdict => verdict.HeaderHash));
    }

    [Fact]
    public async Task A_question_that_fails_fails_its_own_blocks_only()
    {
        var queue = new CheckQueue(Ask, batchSize: 2, () => CheckQueue.OpenBatches);
        var verdicts = queue.Add(Blocks[..3]);
        _asked[0].Answer.SetException(new TimeoutException("the silo is gone"));
        await Assert.ThrowsAsync<TimeoutException>(() => verdicts[0]);
        await Assert.ThrowsAsync<TimeoutException>(() => verdicts[1]);
        Answer(1);
        Assert.Equal(Blocks[2].Block.HeaderHash(), (await verdicts[2]).HeaderHash);

        // And the next may be asked as ever.
        var again = queue.Add(Blocks[..2]);
        Answer(2);
        Assert.Equal(Blocks[1].Block.HeaderHash(), (await again[1]).HeaderHash);
    }

    [Fact]
    public async Task What_is_not_wanted_any_more_is_called_off()
    {
        var queue = new CheckQueue(Ask, batchSize: 2, () => CheckQueue.OpenBatches);
        var dropped = queue.Add(Blocks[..6]);
        Assert.Equal([2, 2], Sizes());
        queue.Clear();
        foreach (var verdict in dropped)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => verdict);
        Assert.Equal(2, _asked.Count);

        var again = queue.Add(Blocks[6..8]);
        Answer(2);
        Assert.Equal(Blocks[6].Block.HeaderHash(), (await again[0]).HeaderHash);
    }

    /// <summary>Orleans calls off what it was placing with a silo that went: nobody here has given the blocks up.</summary>
    [Fact]
    public async Task A_question_that_the_cluster_called_off_is_a_fault_and_not_our_wish()
    {
        var queue = new CheckQueue(Ask, batchSize: 2, () => CheckQueue.OpenBatches);
        var verdicts = queue.Add(Blocks[..2]);
        _asked[0].Answer.SetCanceled(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<TimeoutException>(() => verdicts[0]);
    }

    private Task<BlockVerdict[]> Ask(BlockData[] blocks, CancellationToken wanted)
    {
        var answer = new TaskCompletionSource<BlockVerdict[]>();
        wanted.Register(() => answer.TrySetCanceled(wanted));
        _asked.Add((blocks, answer));
        return answer.Task;
    }

    private int[] Sizes() => [.. _asked.Select(asked => asked.Blocks.Length)];

    private void Answer(int question) =>
        _asked[question].Answer.SetResult(
            [.. _asked[question].Blocks.Select(data => new BlockVerdict(data.Block.HeaderHash(), default))]);
}
