using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;
using Chia.Storage;
using Chia.Sync.Checkpoints;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Sync;

/// <summary>
/// What a sync keeps for a restart, written in the order in which it was told. A write that fails costs a download, nothing else.
/// </summary>
internal sealed class SyncJournal(ISyncStore store, ILogger log)
{
    private const string CheckpointName = "sync";

    private Task _last = Task.CompletedTask;

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
        await store.SetSyncTarget(new Storage.SyncTarget(checkpoint.Target, checkpoint.Height, checkpoint.ClaimedWeight));
        await store.SetCheckpoint(CheckpointName, SyncCheckpointCodec.Encode(checkpoint));
    });

    public void Store(uint first, IReadOnlyList<FullBlock> blocks) => Then(() =>
        store.PutSyncBlocks([.. blocks.Select((b, i) => new SyncBlock(first + (uint)i, b.HeaderHash(), b.ToBytes()))]));

    public void Clear() => Then(async () =>
    {
        await store.SetCheckpoint(CheckpointName, null);
        await store.ClearSync();
    });

    private void Then(Func<Task> write) => _last = After(_last, write);

    private async Task After(Task previous, Func<Task> write)
    {
        await previous;
        try
        {
            await write();
        }
        catch (Exception error)
        {
            SyncLog.JournalFailed(log, error.Message);
        }
    }
}
