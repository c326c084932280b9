using System.Buffers.Binary;
using Chia.Protocol.Blocks;

namespace Chia.Storage.Postgres;

/// <content>What a sync keeps. It is not waited for until the disk has it.</content>
internal sealed partial class PostgresBlockStore
{
    /// <inheritdoc/>
    public Task SetSyncTarget(WriterToken writer, SyncTarget target, CancellationToken cancellationToken = default)
    {
        var weight = new byte[sizeof(ulong)]; // PostgreSQL's integers are signed.
        BinaryPrimitives.WriteUInt64BigEndian(weight, target.Weight);
        return Write(
            writer,
            waitForDisk: false,
            [BatchCommand(
                "INSERT INTO chia_sync_target VALUES ($1, $2, $3, $4) ON CONFLICT (node) "
                + "DO UPDATE SET header_hash = excluded.header_hash, height = excluded.height, weight = excluded.weight",
                _node,
                target.HeaderHash.ToArray(),
                (long)target.Height,
                weight)],
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<InterruptedSync> GetSyncState(CancellationToken cancellationToken = default) => Snapshot(
        async connection =>
        {
            var blocks = await Rows(
                connection,
                Command("SELECT height, header_hash FROM chia_sync_block WHERE node = $1 ORDER BY height, header_hash", _node),
                r => (Height: r.GetInt64(0), Hash: Hash(Bytes(r, 1))),
                cancellationToken).ConfigureAwait(false);

            // What cannot be read is fetched again.
            var whole = blocks.Where(b => b.Hash is not null).Select(b => new HeightEntry((uint)b.Height, b.Hash!.Value)).ToList();
            return new InterruptedSync(await Target(connection, cancellationToken).ConfigureAwait(false), whole);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task PutSyncBlocks(WriterToken writer, IReadOnlyList<SyncBlock> blocks, CancellationToken cancellationToken = default)
    {
        // A statement cannot touch one row twice; of a block that comes twice the last counts.
        var different = blocks.Reverse().DistinctBy(b => (b.Height, b.HeaderHash)).ToList();
        return Write(
            writer,
            waitForDisk: false,
            [BatchCommand(
                "INSERT INTO chia_sync_block SELECT $1, * FROM unnest($2, $3, $4) "
                + "ON CONFLICT (node, height, header_hash) DO UPDATE SET bytes = excluded.bytes",
                _node,
                different.Select(b => (long)b.Height).ToArray(),
                Hashes(different.Select(b => b.HeaderHash)),
                different.Select(b => b.Bytes).ToArray())],
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<byte[]?>> GetSyncBlocks(
        IReadOnlyList<HeightEntry> blocks, CancellationToken cancellationToken = default) =>
        await Rows(
            Command("SELECT s.bytes FROM unnest($2, $3) WITH ORDINALITY AS w(height, hash, position) "
                + "LEFT JOIN chia_sync_block s ON s.node = $1 AND s.height = w.height AND s.header_hash = w.hash ORDER BY w.position",
                    _node, blocks.Select(b => (long)b.Height).ToArray(), Hashes(blocks.Select(b => b.HeaderHash))),
            row => row.IsDBNull(0) ? null : Bytes(row, 0),
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task ClearSync(WriterToken writer, CancellationToken cancellationToken = default) => Write(
        writer,
        waitForDisk: false,
        [
            BatchCommand("DELETE FROM chia_sync_target WHERE node = $1", _node),
            BatchCommand("DELETE FROM chia_sync_block WHERE node = $1", _node),
        ],
        cancellationToken);

    /// <inheritdoc/>
    public async Task<byte[]?> GetCheckpoint(string name, CancellationToken cancellationToken = default) =>
        (await Rows(
            Command("SELECT value FROM chia_checkpoint WHERE node = $1 AND name = $2", _node, name),
            r => Bytes(r, 0),
            cancellationToken)
            .ConfigureAwait(false)).FirstOrDefault();

    /// <inheritdoc/>
    public Task SetCheckpoint(WriterToken writer, string name, byte[]? value, CancellationToken cancellationToken = default) =>
        Write(writer, waitForDisk: false, [CheckpointSet(name, value)], cancellationToken);
}
