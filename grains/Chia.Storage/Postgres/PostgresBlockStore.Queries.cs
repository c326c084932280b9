using System.Buffers.Binary;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Storage.Codec;
using Chia.Storage.Errors;
using Npgsql;

namespace Chia.Storage.Postgres;

/// <content>Questions.</content>
internal sealed partial class PostgresBlockStore
{
    /// <inheritdoc/>
    public async Task<bool> Contains(Bytes32 headerHash, CancellationToken cancellationToken = default) =>
        (await Rows(
            Command("SELECT 1 FROM chia_record WHERE node = $1 AND header_hash = $2", _node, headerHash.ToArray()),
            _ => true,
            cancellationToken)
            .ConfigureAwait(false)).Count != 0;

    /// <inheritdoc/>
    public async Task<byte[]?> GetBlock(Bytes32 headerHash, CancellationToken cancellationToken = default) =>
        (await GetBlocks([headerHash], cancellationToken).ConfigureAwait(false))[0];

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]?>> GetBlocks(IReadOnlyList<Bytes32> headerHashes, CancellationToken cancellationToken = default) =>
        Blocks(headerHashes, headerOnly: false, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]?>> GetHeaderBlocks(
        IReadOnlyList<Bytes32> headerHashes, CancellationToken cancellationToken = default) =>
        Blocks(headerHashes, headerOnly: true, cancellationToken);

    /// <inheritdoc/>
    public Task<ChainSummary> GetSummary(CancellationToken cancellationToken = default) => Snapshot(
        async connection =>
        {
            var tips = await Rows(
                connection,
                Command("SELECT t.header_hash, r.fields FROM chia_tip t LEFT JOIN chia_record r ON r.node = t.node AND r.header_hash = t.header_hash "
                    + "WHERE t.node = $1 ORDER BY t.position", _node),
                r => (Hash: Bytes(r, 0), Fields: r.IsDBNull(1) ? null : Bytes(r, 1)),
                cancellationToken).ConfigureAwait(false);
            var records = tips.Select(t => (t.Fields is null ? null : RecordCodec.Decode(t.Fields))
                ?? throw new StoreDamagedException(
                    Location, $"the tip {Convert.ToHexStringLower(t.Hash)} is not stored, or its record fails its checksum")).ToList();
            var figures = (await Rows(
                connection,
                Command(
                    "SELECT (SELECT count(*) FROM chia_record WHERE node = $1), (SELECT max(height) FROM chia_height WHERE node = $1), "
                    + "(SELECT count(*) FROM chia_sync_block WHERE node = $1)", _node),
                r => (Blocks: r.GetInt64(0), Height: r.IsDBNull(1) ? (uint?)null : (uint)r.GetInt64(1), Sync: r.GetInt64(2)),
                cancellationToken).ConfigureAwait(false))[0];
            return new ChainSummary(
                figures.Blocks, records, figures.Height, await Target(connection, cancellationToken).ConfigureAwait(false), figures.Sync);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<ChainIndex> ReadIndex(CancellationToken cancellationToken = default) => Snapshot(
        async connection =>
        {
            var faults = new List<StoreFault>();
            var records = new List<BlockRecord>();
            await using (var command = Command("SELECT fields, header_hash FROM chia_record WHERE node = $1 ORDER BY id", _node))
            {
                command.Connection = connection;
                await using var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
                    AddRecord(Bytes(row, 0), Bytes(row, 1), records, faults);
            }

            var heights = await Rows(
                connection,
                Command("SELECT height, header_hash FROM chia_height WHERE node = $1 ORDER BY height", _node),
                r => (Height: r.GetInt64(0), Hash: Hash(Bytes(r, 1))),
                cancellationToken).ConfigureAwait(false);
            var tips = await Rows(
                connection,
                Command("SELECT header_hash FROM chia_tip WHERE node = $1 ORDER BY position", _node),
                r => Hash(Bytes(r, 0)),
                cancellationToken)
                .ConfigureAwait(false);
            var table = new List<HeightEntry>(heights.Count);
            foreach (var (height, hash) in heights)
            {
                if (hash is { } whole && height is >= 0 and <= uint.MaxValue)
                    table.Add(new HeightEntry((uint)height, whole));
                else
                    faults.Add(
                        new StoreFault(
                        StoreFaultKind.HeightIndex, null, hash, $"an entry for height {height} that is no height and hash"));
            }

            if (tips.Contains(null))
                faults.Add(new StoreFault(StoreFaultKind.Tips, null, null, "an entry that is no hash"));
            return new ChainIndex(records, [.. tips.OfType<Bytes32>()], table, faults);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<StoredHeads> ReadRecords(Action<BlockRecord> take, CancellationToken cancellationToken = default) => Snapshot(
        async connection =>
        {
            await using (var command = Command("SELECT fields FROM chia_record WHERE node = $1 ORDER BY id", _node))
            {
                command.Connection = connection;
                await using var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
                    take(RecordCodec.Decode(Bytes(row, 0)) ?? throw new StoreDamagedException(Location, "a record fails its checksum"));
            }

            var tips = await Rows(
                connection,
                Command("SELECT header_hash FROM chia_tip WHERE node = $1 ORDER BY position", _node),
                r => Hash(Bytes(r, 0)) ?? throw new StoreDamagedException(Location, "a tip is no hash"),
                cancellationToken).ConfigureAwait(false);
            var highest = await Rows(
                connection,
                Command("SELECT height, header_hash FROM chia_height WHERE node = $1 ORDER BY height DESC LIMIT 1", _node),
                r => (Height: r.GetInt64(0), Hash: Hash(Bytes(r, 1))),
                cancellationToken).ConfigureAwait(false);
            var count = await Rows(
                connection, Command("SELECT count(*) FROM chia_height WHERE node = $1", _node), r => r.GetInt64(0), cancellationToken)
                    .ConfigureAwait(false);
            return new StoredHeads(tips, count[0], highest is [{ Hash: { } hash } last] ? new HeightEntry((uint)last.Height, hash) : null);
        },
        cancellationToken);

    /// <inheritdoc/>
    public BlockRecord? ReadRecord(Bytes32 headerHash)
    {
        var fields = PostgresErrors.TranslatedHere(Location, () =>
        {
            using var connection = _connections.Source.OpenConnection();
            using var command = Command("SELECT fields FROM chia_record WHERE node = $1 AND header_hash = $2", _node, headerHash.ToArray());
            command.Connection = connection;
            return (byte[]?)command.ExecuteScalar();
        });
        if (fields is null)
            return null;
        return RecordCodec.Decode(fields) is { } record && record.HeaderHash == headerHash
            ? record
            : throw new StoreDamagedException(Location, $"the record of block {headerHash} fails its checksum");
    }

    private static void AddRecord(byte[] fields, byte[] headerHash, List<BlockRecord> records, List<StoreFault> faults)
    {
        if (RecordCodec.Decode(fields) is not { } record)
            faults.Add(new StoreFault(StoreFaultKind.RecordUnreadable, null, Hash(headerHash), "the record fails its checksum"));
        else if (Hash(headerHash) != record.HeaderHash)
            faults.Add(
                new StoreFault(
                StoreFaultKind.RecordUnreadable, record.Height, Hash(headerHash), "the record is filed under another hash"));
        else
            records.Add(record);
    }

    private async Task<IReadOnlyList<byte[]?>> Blocks(
        IReadOnlyList<Bytes32> headerHashes, bool headerOnly, CancellationToken cancellationToken)
    {
        if (headerHashes.Count == 0)
            return [];
        return await Rows(
            Command("SELECT r.header_hash, b.header_length, b.checksum, b.bytes FROM unnest($2) WITH ORDINALITY AS w(hash, position) "
                + "LEFT JOIN chia_record r ON r.node = $1 AND r.header_hash = w.hash "
                + "LEFT JOIN chia_block b ON b.node = r.node AND b.header_hash = r.header_hash ORDER BY w.position", _node,
                    Hashes(headerHashes)),
            row =>
            {
                if (row.IsDBNull(0))
                    return null;
                var hash = Bytes(row, 0);
                var isThere = !row.IsDBNull(1);
                return (isThere ? BlockCodec.Checked(hash, row.GetInt64(1), row.GetInt64(2), Bytes(row, 3), headerOnly) : null)
                    ?? throw new StoreDamagedException(
                        Location, $"block {Convert.ToHexStringLower(hash)} is missing or fails its checksum");
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<SyncTarget?> Target(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var targets = await Rows(
            connection,
            Command("SELECT header_hash, height, weight FROM chia_sync_target WHERE node = $1", _node),
            r => (Hash: Hash(Bytes(r, 0)), Height: (uint)r.GetInt64(1), Weight: Bytes(r, 2)),
            cancellationToken).ConfigureAwait(false);
        return targets is [{ Hash: { } hash, Weight.Length: sizeof(ulong) } target]
            ? new SyncTarget(hash, target.Height, BinaryPrimitives.ReadUInt64BigEndian(target.Weight))
            : null;
    }

    private static byte[] Bytes(NpgsqlDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    private static Bytes32? Hash(byte[] bytes) => bytes.Length == Bytes32.Size ? new Bytes32(bytes) : null;
}
