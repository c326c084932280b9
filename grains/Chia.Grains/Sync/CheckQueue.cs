using Chia.Consensus.Verdicts;
using Chia.GrainInterfaces.Chain;

namespace Chia.Grains.Sync;

/// <summary>
/// Gathers the blocks of a sync into batches for the validators: peers answer with five, but the signatures and the searches for
/// discriminants of many cost less a block. Batches go one behind the other, so that what arrives meanwhile fills the next; there is
/// always one in reserve, so that no thread waits for the next to be made up. Lives within a grain's turns: not safe for threads.
/// </summary>
/// <param name="check">Asks a validator; the verdicts come in the order of the blocks. The token says that they are not wanted any
/// more.</param>
/// <param name="batchSize">Most blocks in one question.</param>
/// <param name="most">Most questions open at a time, now: <see cref="OpenBatches"/> for each validator.</param>
internal sealed class CheckQueue(Func<BlockData[], CancellationToken, Task<BlockVerdict[]>> check, int batchSize, Func<int> most)
{
    /// <summary>Questions open at a time with one validator: one at work, one in reserve.</summary>
    public const int OpenBatches = 2;

    /// <summary>Eight blocks a thread fill the lanes of the widest vectors, with the signatures as with the searches.</summary>
    public const int BlocksPerThread = 8;

    private readonly Queue<(BlockData Block, TaskCompletionSource<BlockVerdict> Verdict)> _waiting = new();
    private readonly HashSet<CancellationTokenSource> _asked = [];
    private int _open;

    /// <summary>Puts blocks at the end, and gives their verdicts to come, in order.</summary>
    public IReadOnlyList<Task<BlockVerdict>> Add(IReadOnlyList<BlockData> blocks)
    {
        var verdicts = new Task<BlockVerdict>[blocks.Count];
        for (var i = 0; i < verdicts.Length; i++)
        {
            var verdict = new TaskCompletionSource<BlockVerdict>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue((blocks[i], verdict));
            verdicts[i] = verdict.Task;
        }

        while (_open < most() && _waiting.Count > 0)
            _ = Work();
        return verdicts;
    }

    /// <summary>No verdict is wanted any more: those to come are cancelled, and what the validators have not begun is called
    /// off.</summary>
    public void Clear()
    {
        while (_waiting.TryDequeue(out var waiting))
            waiting.Verdict.SetCanceled();
        foreach (var wanted in _asked.ToList())
            wanted.Cancel();
    }

    /// <summary>Asks for one batch after the other until none waits. A question that fails fails its own blocks only.</summary>
    private async Task Work()
    {
        _open++;
        while (_waiting.Count > 0)
        {
            var batch = new (BlockData Block, TaskCompletionSource<BlockVerdict> Verdict)[Math.Min(batchSize, _waiting.Count)];
            for (var i = 0; i < batch.Length; i++)
                batch[i] = _waiting.Dequeue();
            using var wanted = new CancellationTokenSource();
            _asked.Add(wanted);
            try
            {
                var verdicts = await check(Array.ConvertAll(batch, b => b.Block), wanted.Token);
                for (var i = 0; i < batch.Length; i++)
                    batch[i].Verdict.SetResult(verdicts[i]);
            }
            catch (OperationCanceledException) when (wanted.IsCancellationRequested)
            {
                foreach (var (_, verdict) in batch)
                    verdict.TrySetCanceled();
            }
            catch (Exception error)
            {
                // A cancellation that is not ours is a fault of the cluster: it must not look as if nobody wanted the verdicts.
                var fault = error is OperationCanceledException ? new TimeoutException(error.Message, error) : error;
                foreach (var (_, verdict) in batch)
                    verdict.TrySetException(fault);
            }
            finally
            {
                _asked.Remove(wanted);
            }
        }

        _open--;
    }
}
