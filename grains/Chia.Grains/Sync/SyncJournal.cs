using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;
using Chia.Storage;
using Chia.Storage.Errors;
using Chia.Sync.Checkpoints;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Sync;

/// <summary>
/// What a sync keeps for a restart, written in the order in which it was told. A write that fails costs a download, nothing else; so does
/// a crash before one. Blocks are written when they have waited for a while: most are part of the chain by then, and were never written
/// twice.
/// </summary>
/// <param name="store">Where it is kept.</param>
/// <param name="writer">The chain's writer, with whom this sync is superseded (CLUSTER 3).</param>
/// <param name="superseded">Told when the store refuses the writer: the sync that it belongs to must end.</param>
/// <param name="time">The clock.</param>
/// <param name="log">For what could not be kept.</param>
internal sealed class SyncJournal(ISyncStore store, WriterToken writer, Action superseded, TimeProvider time, ILogger log)
{
    private const string CheckpointName = "sync";

    /// <summary>What a crash may cost to download again. Where a hundred blocks wait, this is a sync of a hundred a second: a faster one
    /// writes none.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    private readonly Queue<Waiting> _waiting = [];
    private Task _last = Task.CompletedTask;
    private bool _isWriting;
    private bool _isRefused;

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

    public void Save(SyncCheckpoint checkpoint) => Then(async () =>
    {
        await store.SetSyncTarget(writer, new Storage.SyncTarget(checkpoint.Target, checkpoint.Height, checkpoint.ClaimedWeight));
        await store.SetCheckpoint(writer, CheckpointName, SyncCheckpointCodec.Encode(checkpoint));
    });

    /// <summary>Blocks to be kept, unless they are applied soon. The sync's window bounds how many wait.</summary>
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
        if (!_isWriting && _waiting.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since) >= Wait)
            _ = Flush();
    }

    /// <summary>Writes all that waits.</summary>
    /// <returns>Ends when it, and all that was told before, is written or has failed.</returns>
    public Task Flush()
    {
        if (_waiting.Count == 0)
            return _last;
        Waiting[] batch = [.. _waiting];
        _waiting.Clear();
        _isWriting = true;
        Then(async () =>
        {
            try
            {
                await store.PutSyncBlocks(
                    writer, [.. batch.Select(waiting => new SyncBlock(waiting.Height, waiting.Block.HeaderHash(), waiting.Block.ToBytes()))]);
            }
            finally
            {
                _isWriting = false;
            }
        });
        return _last;
    }

    /// <summary>Nothing is to be kept any more.</summary>
    public void Clear()
    {
        _waiting.Clear();
        Then(async () =>
        {
            await store.SetCheckpoint(writer, CheckpointName, null);
            await store.ClearSync(writer);
        });
    }

    private void Then(Func<Task> write) => _last = After(_last, write);

    private async Task After(Task previous, Func<Task> write)
    {
        await previous;
        try
        {
            await write();
            _isRefused = false;
        }
        catch (StaleWriterException)
        {
            superseded();
        }
        catch (Exception error)
        {
            // Of a full disk every write says the same.
            if (!_isRefused)
                SyncLog.JournalFailed(log, error.Message);
            _isRefused = true;
        }
    }

    private readonly record struct Waiting(uint Height, FullBlock Block, long Since);
}
