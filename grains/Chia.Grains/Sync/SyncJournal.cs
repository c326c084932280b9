using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;
using Chia.Storage;
using Chia.Storage.Errors;
using Chia.Sync.Checkpoints;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Sync;

/// <summary>
/// Writes what a sync keeps for a restart, in the order of the calls; no caller waits for a write. One that fails costs a download after
/// the restart, nothing else.
/// </summary>
/// <param name="store">Where it is kept.</param>
/// <param name="writer">The token of the chain's writer: when that is superseded, this sync is as well (CLUSTER 3).</param>
/// <param name="superseded">Called when the store refuses the token: the activation of the sync must end.</param>
/// <param name="log">For what could not be kept.</param>
internal sealed class SyncJournal(ISyncStore store, WriterToken writer, Action superseded, ILogger log)
{
    private const string CheckpointName = "sync";

    private Task _lastWrite = Task.CompletedTask;

    /// <summary>Blocks of the last write in the queue, as long as it has not begun and may take more; null if there is none.</summary>
    private List<(uint Height, FullBlock Block)>? _waiting;

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
    public void Save(SyncCheckpoint checkpoint) => EnqueueApart(async () =>
    {
        await store.SetSyncTarget(writer, new Storage.SyncTarget(checkpoint.Target, checkpoint.Height, checkpoint.ClaimedWeight));
        await store.SetCheckpoint(writer, CheckpointName, SyncCheckpointCodec.Encode(checkpoint));
    });

    /// <summary>Stores blocks of consecutive heights. Peers answer with five; those that come while a write is under way are written
    /// together.</summary>
    public void Store(uint first, IReadOnlyList<FullBlock> blocks)
    {
        var numbered = blocks.Select((block, i) => (first + (uint)i, block));
        if (_waiting is { } waiting)
        {
            waiting.AddRange(numbered);
            return;
        }

        List<(uint Height, FullBlock Block)> batch = [.. numbered];
        _waiting = batch;
        Enqueue(() =>
        {
            if (_waiting == batch)
                _waiting = null;
            return store.PutSyncBlocks(writer, [.. batch.Select(b => new SyncBlock(b.Height, b.Block.HeaderHash(), b.Block.ToBytes()))]);
        });
    }

    /// <summary>Forgets checkpoint, target and blocks.</summary>
    public void Clear() => EnqueueApart(async () =>
    {
        await store.SetCheckpoint(writer, CheckpointName, null);
        await store.ClearSync(writer);
    });

    /// <summary>Enqueues a write that blocks which come later must not be written before.</summary>
    private void EnqueueApart(Func<Task> write)
    {
        _waiting = null;
        Enqueue(write);
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
}
