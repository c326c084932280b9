using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;
using Chia.Storage;
using Chia.Storage.Errors;
using Chia.Sync.Checkpoints;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Sync;

/// <summary>
/// Writes what a sync keeps for a restart, in the order of the calls; no caller waits for a write. One that fails costs a download after
/// the restart, nothing else, and so does a crash before it. Blocks are written when they have waited for a while: most are part of the
/// chain by then, and are never written twice.
/// </summary>
/// <param name="store">Where it is kept.</param>
/// <param name="writer">The token of the chain's writer: when that is superseded, this sync is as well (CLUSTER 3).</param>
/// <param name="superseded">Called when the store refuses the token: the activation of the sync must end.</param>
/// <param name="time">The clock.</param>
/// <param name="log">For what could not be kept.</param>
internal sealed class SyncJournal(ISyncStore store, WriterToken writer, Action superseded, TimeProvider time, ILogger log)
{
    private const string CheckpointName = "sync";

    /// <summary>What a crash may cost to download again. Where a hundred blocks wait, this is a sync of a hundred a second: a faster one
    /// writes none.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    private readonly Queue<Waiting> _waiting = [];
    private Task _lastWrite = Task.CompletedTask;
    private bool _hasFailed;

    /// <summary>What an interrupted sync left; null if nothing usable.</summary>
    public async Task<(SyncCheckpoint Checkpoint, IReadOnlyList<FullBlock> Stored)?> Load()
    {
        var bytes = await store.GetCheckpoint(CheckpointName);
        if (bytes is null || SyncCheckpointCodec.TryDecode(bytes, out var checkpoint) != SyncCheckpointError.None)
            return null;
        var state = await store.GetSyncState();
        var blocks = new List<FullBlock>();
        foreach (var stored in await store.GetSyncBlocks(state.Blocks))
        {
            if (stored is not null && StreamableExtensions.TryDecode<FullBlock>(stored, out var block) == StreamableError.None)
                blocks.Add(block!);
        }

        return (checkpoint!, blocks);
    }

    /// <summary>Stores a checkpoint in place of the one before, and the target that it belongs to.</summary>
    public void Save(SyncCheckpoint checkpoint) => Enqueue(async () =>
    {
        await store.SetSyncTarget(writer, new Storage.SyncTarget(checkpoint.Target, checkpoint.Height, checkpoint.ClaimedWeight));
        await store.SetCheckpoint(writer, CheckpointName, SyncCheckpointCodec.Encode(checkpoint));
    });

    /// <summary>Stores blocks of consecutive heights, unless they are applied soon. The sync's window bounds how many wait.</summary>
    public void Store(uint first, IReadOnlyList<FullBlock> blocks)
    {
        for (var i = 0; i < blocks.Count; i++)
            _waiting.Enqueue(new Waiting(first + (uint)i, blocks[i], time.GetTimestamp()));
    }

    /// <summary>The chain has the blocks up to this height: they need not be kept any more.</summary>
    public void Applied(uint through)
    {
        for (var left = _waiting.Count; left > 0; left--)
        {
            if (_waiting.Dequeue() is var block && block.Height > through)
                _waiting.Enqueue(block);
        }
    }

    /// <summary>Time has passed: what has waited long enough is written together, while no other write is under way.</summary>
    public void Tick()
    {
        if (_lastWrite.IsCompleted && _waiting.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since) >= Wait)
            _ = Flush();
    }

    /// <summary>Writes all that waits.</summary>
    /// <returns>Ends when it, and all that was told before, is written or has failed.</returns>
    public Task Flush()
    {
        if (_waiting.Count == 0)
            return _lastWrite;
        Waiting[] batch = [.. _waiting];
        _waiting.Clear();
        Enqueue(() => store.PutSyncBlocks(
            writer, [.. batch.Select(b => new SyncBlock(b.Height, b.Block.HeaderHash(), b.Block.ToBytes()))]));
        return _lastWrite;
    }

    /// <summary>Forgets checkpoint, target and blocks.</summary>
    public void Clear()
    {
        _waiting.Clear();
        Enqueue(async () =>
        {
            await store.SetCheckpoint(writer, CheckpointName, null);
            await store.ClearSync(writer);
        });
    }

    private void Enqueue(Func<Task> write) => _lastWrite = WriteAfter(_lastWrite, write);

    private async Task WriteAfter(Task previous, Func<Task> write)
    {
        await previous;
        try
        {
            await write();
            _hasFailed = false;
        }
        catch (StaleWriterException)
        {
            superseded();
        }
        catch (Exception error)
        {
            // Of a full disk every write would log the same line.
            if (!_hasFailed)
                SyncLog.JournalFailed(log, error.Message);
            _hasFailed = true;
        }
    }

    private readonly record struct Waiting(uint Height, FullBlock Block, long Since);
}
