using Chia.Protocol.Primitives;
using Chia.Storage.Codec;
using Npgsql;

namespace Chia.Storage.Postgres;

/// <content>Changes of the chain.</content>
internal sealed partial class PostgresBlockStore
{
    /// <inheritdoc/>
    public async Task<WriterToken> TakeWriter(CancellationToken cancellationToken = default) =>
        new((await Rows(
            Command("UPDATE chia_node SET epoch = epoch + 1 WHERE node = $1 RETURNING epoch", _node),
            r => r.GetInt64(0),
            cancellationToken)
            .ConfigureAwait(false))[0]);

    /// <inheritdoc/>
    public async Task<WriterToken> GetWriter(CancellationToken cancellationToken = default) =>
        new((await Rows(
            Command("SELECT epoch FROM chia_node WHERE node = $1", _node),
            r => r.GetInt64(0),
            cancellationToken).ConfigureAwait(false))[0]);

    /// <inheritdoc/>
    public Task Commit(WriterToken writer, ChainCommit commit, CancellationToken cancellationToken = default) =>
        Write(writer, waitForDisk: true, [.. Changes(commit), .. Checks(commit)], cancellationToken);

    private IEnumerable<NpgsqlBatchCommand> Changes(ChainCommit commit)
    {
        if (commit.BlocksRemoved.Count != 0)
        {
            yield return BatchCommand(
                "DELETE FROM chia_record WHERE node = $1 AND header_hash = ANY($2)", _node, Hashes(commit.BlocksRemoved));
            yield return BatchCommand(
                "DELETE FROM chia_block WHERE node = $1 AND header_hash = ANY($2)", _node, Hashes(commit.BlocksRemoved));
        }

        // A statement cannot touch one row twice; of a block that comes twice the last counts.
        var added = commit.BlocksAdded.Reverse().DistinctBy(b => b.Record.HeaderHash).Reverse().ToList();
        if (added.Count != 0)
        {
            foreach (var statement in Added(added))
                yield return statement;
        }

        if (commit.HeightsRemoved.Count != 0)
        {
            yield return BatchCommand(
                "DELETE FROM chia_height WHERE node = $1 AND height = ANY($2)", _node, commit.HeightsRemoved.Select(h => (long)h)
                    .ToArray());
        }

        if (commit.HeightsSet.Count != 0)
        {
            yield return BatchCommand(
                "INSERT INTO chia_height SELECT $1, * FROM unnest($2, $3) ON CONFLICT (node, height) DO UPDATE SET header_hash = excluded.header_hash",
                _node,
                commit.HeightsSet.Select(e => (long)e.Height).ToArray(),
                Hashes(commit.HeightsSet.Select(e => e.HeaderHash)));
        }

        yield return BatchCommand("DELETE FROM chia_tip WHERE node = $1", _node);
        yield return BatchCommand(
            "INSERT INTO chia_tip SELECT $1, position, hash FROM unnest($2) WITH ORDINALITY AS t(hash, position)", _node,
            Hashes(commit.Tips));
        foreach (var (name, value) in commit.Checkpoints)
            yield return CheckpointSet(name, value);
    }

    private IEnumerable<NpgsqlBatchCommand> Added(List<StoredBlock> blocks)
    {
        var hashes = Hashes(blocks.Select(b => b.Record.HeaderHash));
        var heights = blocks.Select(b => (long)b.Record.Height).ToArray();

        // The order of the ids is the order of the commits, parents first.
        yield return BatchCommand(
            "INSERT INTO chia_record(node, header_hash, fields) "
            + "SELECT $1, hash, fields FROM unnest($2, $3) WITH ORDINALITY AS b(hash, fields, position) ORDER BY position "
            + "ON CONFLICT (node, header_hash) DO UPDATE SET fields = excluded.fields",
            _node,
            hashes,
            blocks.Select(b => RecordCodec.Encode(b.Record)).ToArray());
        yield return BatchCommand(
            "INSERT INTO chia_block SELECT $1, * FROM unnest($2, $3, $4, $5) ON CONFLICT (node, header_hash) "
            + "DO UPDATE SET header_length = excluded.header_length, checksum = excluded.checksum, bytes = excluded.bytes",
            _node,
            hashes,
            blocks.Select(b => (long)b.HeaderLength).ToArray(),
            blocks.Select((b, i) => (long)BlockCodec.Checksum(hashes[i], b.Bytes)).ToArray(),
            blocks.Select(b => b.Bytes).ToArray());
        yield return BatchCommand(
            "DELETE FROM chia_sync_block s USING unnest($2, $3) AS b(height, hash) WHERE s.node = $1 AND s.height = b.height AND s.header_hash = b.hash",
            _node,
            heights,
            hashes);
    }

    /// <summary>Refuses what would make the next start fail: better an error here, where the cause is.</summary>
    private IEnumerable<NpgsqlBatchCommand> Checks(ChainCommit commit)
    {
        const string Unknown = "NOT EXISTS (SELECT FROM chia_record r WHERE r.node = $1 AND r.header_hash = ";
        yield return BatchCommand(
            "SELECT chia_refuse('the tip ' || encode(hash, 'hex') || ' is not stored') FROM unnest($2) AS t(hash) WHERE " + Unknown + "t.hash)",
            _node,
            Hashes(commit.Tips));
        if (commit.HeightsSet.Count != 0)
        {
            var heights = commit.HeightsSet.Select(e => (long)e.Height).ToArray();
            yield return BatchCommand(
                "SELECT chia_refuse('block ' || encode(hash, 'hex') || ' at height ' || height || ' is not stored') "
                + "FROM unnest($2, $3) AS h(height, hash) WHERE " + Unknown + "h.hash)",
                _node,
                heights,
                Hashes(commit.HeightsSet.Select(e => e.HeaderHash)));
            yield return BatchCommand(
                "SELECT chia_refuse('height ' || h.height || ' is set and height ' || (h.height - 1) || ' is not') FROM unnest($2) AS h(height) "
                + "WHERE h.height > 0 AND NOT EXISTS (SELECT FROM chia_height x WHERE x.node = $1 AND x.height = h.height - 1)",
                _node,
                heights);
        }

        if (commit.HeightsRemoved.Count != 0)
        {
            yield return BatchCommand(
                "SELECT chia_refuse('height ' || h.height || ' is removed and height ' || (h.height + 1) || ' is not') FROM unnest($2) AS h(height) "
                + "WHERE NOT EXISTS (SELECT FROM chia_height x WHERE x.node = $1 AND x.height = h.height) "
                + "AND EXISTS (SELECT FROM chia_height x WHERE x.node = $1 AND x.height = h.height + 1)",
                _node,
                commit.HeightsRemoved.Select(h => (long)h).ToArray());
        }

        // Only a rewind removes blocks, so this may look at everything.
        if (commit.BlocksRemoved.Count != 0)
        {
            yield return BatchCommand(
                "SELECT chia_refuse('the block at height ' || h.height || ' is removed and its height is not') FROM chia_height h "
                + "WHERE h.node = $1 AND " + Unknown + "h.header_hash) LIMIT 1",
                _node);
        }
    }

    private NpgsqlBatchCommand CheckpointSet(string name, byte[]? value) => value is null
        ? BatchCommand("DELETE FROM chia_checkpoint WHERE node = $1 AND name = $2", _node, name)
        : BatchCommand(
            "INSERT INTO chia_checkpoint VALUES ($1, $2, $3) ON CONFLICT (node, name) DO UPDATE SET value = excluded.value", _node, name,
            value);

    private static byte[][] Hashes(IEnumerable<Bytes32> hashes) => [.. hashes.Select(h => h.ToArray())];
}
