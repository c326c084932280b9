using System.Buffers.Binary;
using Chia.Protocol.Blocks;

namespace Chia.Storage.Sqlite;

/// <content>What a sync keeps.</content>
public sealed partial class SqliteBlockStore
{
    /// <inheritdoc/>
    public Task SetSyncTarget(WriterToken writer, SyncTarget target, CancellationToken cancellationToken = default)
    {
        var weight = new byte[sizeof(ulong)]; // SQLite's integers are signed.
        BinaryPrimitives.WriteUInt64BigEndian(weight, target.Weight);
        return WriteSoon(
            writer,
            s => s.Execute(
                "INSERT OR REPLACE INTO sync_target VALUES (1, $1, $2, $3)", target.HeaderHash.ToArray(), (long)target.Height, weight),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<InterruptedSync> GetSyncState(CancellationToken cancellationToken = default) =>
        Read(
            session =>
            {
                var blocks = new List<HeightEntry>();
                using (var row = session.Query("SELECT height, header_hash FROM sync_block ORDER BY height, header_hash"))
                {
                    while (row.Read())
                    {
                        // What cannot be read is fetched again.
                        if (row.Height(0) is { } height && row.Hash(1) is { } hash)
                            blocks.Add(new HeightEntry(height, hash));
                    }
                }

                return new InterruptedSync(SyncTarget(session), blocks);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task PutSyncBlocks(WriterToken writer, IReadOnlyList<SyncBlock> blocks, CancellationToken cancellationToken = default) =>
        WriteSoon(
            writer,
            session =>
            {
                foreach (var (height, hash, bytes) in blocks)
                    session.Execute(
                        "INSERT OR REPLACE INTO sync_block(height, header_hash, bytes) VALUES ($1, $2, $3)", (long)height, hash.ToArray(),
                        bytes);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]?>> GetSyncBlocks(IReadOnlyList<HeightEntry> blocks, CancellationToken cancellationToken = default) =>
        Read<IReadOnlyList<byte[]?>>(
            session =>
            {
                var found = new byte[]?[blocks.Count];
                const string Select = "SELECT bytes FROM sync_block WHERE height = $1 AND header_hash = $2";
                for (var i = 0; i < found.Length; i++)
                    found[i] = session.Scalar(Select, (long)blocks[i].Height, blocks[i].HeaderHash.ToArray()) as byte[];
                return found;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task ClearSync(WriterToken writer, CancellationToken cancellationToken = default) =>
        WriteSoon(
            writer,
            session =>
            {
                session.Execute("DELETE FROM sync_target");
                session.Execute("DELETE FROM sync_block");
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<byte[]?> GetCheckpoint(string name, CancellationToken cancellationToken = default) =>
        Read(s => s.Scalar("SELECT value FROM checkpoint WHERE name = $1", name) as byte[], cancellationToken);

    /// <inheritdoc/>
    public Task SetCheckpoint(WriterToken writer, string name, byte[]? value, CancellationToken cancellationToken = default) =>
        WriteSoon(writer, s => SetCheckpoint(s, name, value), cancellationToken);
}
