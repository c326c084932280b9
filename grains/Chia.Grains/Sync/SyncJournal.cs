using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;
using Chia.Storage;
using Chia.Storage.Errors;
using Chia.Sync.Checkpoints;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Sync;

/// <summary>
/// What a sync keeps for a restart, written in the order in which it was told. A write that fails costs a download, nothing else.
/// </summary>
/// <param name="store">Where it is kept.</param>
/// <param name="writer">The chain's writer, with whom this sync is superseded (CLUSTER 3).</param>
/// <param name="superseded">Told when the store refuses the writer: the sync that it belongs to must end.</param>
/// <param name="log">For what could not be kept.</param>
internal sealed class SyncJournal(ISyncStore store, WriterToken writer, Action superseded, ILogger log)
{
    private const string CheckpointName = "sync";

    private Task _last = Task.CompletedTask;
    private List<(uint Height, FullBlock Block)>? _waiting;
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

    public void Save(SyncCheckpoint checkpoint) => Apart(async () =>
    {
        await store.SetSyncTarget(writer, new Storage.SyncTarget(checkpoint.Target, checkpoint.Height, checkpoint.ClaimedWeight));
        await store.SetCheckpoint(writer, CheckpointName, SyncCheckpointCodec.Encode(checkpoint));
    });

    /// <summary>Peers answer with five blocks; those that come while a write is under way are written together.</summary>
    public void Store(uint first, IReadOnlyList<FullBlock> blocks)
    {
        var told = blocks.Select((block, i) => (first + (uint)i, block));
        if (_waiting is { } waiting)
        {
            waiting.AddRange(told);
            return;
        }

        List<(uint Height, FullBlock Block)> batch = [.. told];
        _waiting = batch;
        Then(() =>
        {
            if (_waiting == batch)
                _waiting = null;
            return store.PutSyncBlocks(writer, [.. batch.Select(b => new SyncBlock(b.Height, b.Block.HeaderHash(), b.Block.ToBytes()))]);
        });
    }

    public void Clear() => Apart(async () =>
    {
        await store.SetCheckpoint(writer, CheckpointName, null);
        await store.ClearSync(writer);
    });

    /// <summary>Blocks told later must not be written before this.</summary>
    private void Apart(Func<Task> write)
    {
        _waiting = null;
        Then(write);
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
}
