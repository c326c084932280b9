using Chia.Protocol.Primitives;
using Chia.Storage.Codec;
using Chia.Storage.Errors;

namespace Chia.Storage.Sqlite;

/// <content>Changes of the chain.</content>
public sealed partial class SqliteBlockStore
{
    /// <inheritdoc/>
    public Task<WriterToken> TakeWriter(CancellationToken cancellationToken = default) =>
        Write(s => new WriterToken(s.Number("UPDATE identity SET epoch = epoch + 1 RETURNING epoch")), cancellationToken);

    /// <inheritdoc/>
    public Task Commit(WriterToken writer, ChainCommit commit, CancellationToken cancellationToken = default) =>
        Write(
            session =>
            {
                Require(session, writer);
                Apply(session, commit);
                Check(session, commit);
                return 0;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<WriterToken> GetWriter(CancellationToken cancellationToken = default) => Read(Writer, cancellationToken);

    private static WriterToken Writer(SqliteSession session) => new(session.Number("SELECT epoch FROM identity"));

    private static void Require(SqliteSession session, WriterToken writer)
    {
        if (Writer(session) is var current && writer != current)
            throw new StaleWriterException(writer, current);
    }

    private static void Apply(SqliteSession session, ChainCommit commit)
    {
        foreach (var hash in commit.BlocksRemoved)
            RemoveBlock(session, hash);
        foreach (var block in commit.BlocksAdded)
            AddBlock(session, block);
        foreach (var height in commit.HeightsRemoved)
            session.Execute("DELETE FROM height WHERE height = $1", (long)height);
        foreach (var (height, hash) in commit.HeightsSet)
            session.Execute("INSERT OR REPLACE INTO height VALUES ($1, $2)", (long)height, hash.ToArray());
        session.Execute("DELETE FROM tip");
        for (var i = 0; i < commit.Tips.Count; i++)
            session.Execute("INSERT INTO tip VALUES ($1, $2)", (long)i, commit.Tips[i].ToArray());
        foreach (var (name, value) in commit.Checkpoints)
            SetCheckpoint(session, name, value);
    }

    private static void AddBlock(SqliteSession session, StoredBlock block)
    {
        var hash = block.Record.HeaderHash.ToArray();
        var height = (long)block.Record.Height;
        var id = session.Number(
            "INSERT INTO record(header_hash, height, fields) VALUES ($1, $2, $3) "
            + "ON CONFLICT(header_hash) DO UPDATE SET height = excluded.height, fields = excluded.fields RETURNING id",
            hash,
            height,
            RecordCodec.Encode(block.Record));
        session.Execute(
            "INSERT OR REPLACE INTO block VALUES ($1, $2, $3, $4)", id, (long)block.HeaderLength,
            (long)BlockCodec.Checksum(hash, block.Bytes), block.Bytes);
        session.Execute("DELETE FROM sync_block WHERE height = $1 AND header_hash = $2", height, hash);
    }

    private static void RemoveBlock(SqliteSession session, Bytes32 headerHash)
    {
        if (session.Scalar("DELETE FROM record WHERE header_hash = $1 RETURNING id", headerHash.ToArray()) is long id)
            session.Execute("DELETE FROM block WHERE id = $1", id);
    }

    /// <summary>Refuses what would make the next start fail: better an error here, where the cause is.</summary>
    private static void Check(SqliteSession session, ChainCommit commit)
    {
        // What this commit has just put there need not be asked for: of a sync's commit that is all.
        var added = commit.BlocksAdded.Select(block => block.Record.HeaderHash).ToHashSet();
        foreach (var tip in commit.Tips)
        {
            if (!added.Contains(tip) && !Contains(session, tip))
                throw new CommitRefusedException($"the tip {tip} is not stored");
        }

        long? below = null;
        foreach (var (height, hash) in commit.HeightsSet)
        {
            if (!added.Contains(hash) && !Contains(session, hash))
                throw new CommitRefusedException($"block {hash} at height {height} is not stored");
            if (height > 0 && below != height - 1L && !HasHeight(session, height - 1L))
                throw new CommitRefusedException($"height {height} is set and height {height - 1} is not");
            below = height;
        }

        foreach (var height in commit.HeightsRemoved)
        {
            if (!HasHeight(session, height) && HasHeight(session, height + 1L))
                throw new CommitRefusedException($"height {height} is removed and height {height + 1L} is not");
        }

        // Only a rewind removes blocks, so this may look at everything.
        if (commit.BlocksRemoved.Count != 0
            && session.Scalar(
                "SELECT height FROM height WHERE header_hash NOT IN (SELECT header_hash FROM record) LIMIT 1") is long orphan)
        {
            throw new CommitRefusedException($"the block at height {orphan} is removed and its height is not");
        }
    }

    private static bool HasHeight(SqliteSession session, long height) =>
        session.Scalar("SELECT 1 FROM height WHERE height = $1", height) is not null;

    private static void SetCheckpoint(SqliteSession session, string name, byte[]? value)
    {
        if (value is null)
            session.Execute("DELETE FROM checkpoint WHERE name = $1", name);
        else
            session.Execute("INSERT OR REPLACE INTO checkpoint VALUES ($1, $2)", name, value);
    }
}
