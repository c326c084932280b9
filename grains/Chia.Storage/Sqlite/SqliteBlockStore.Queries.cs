using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Storage.Codec;
using Chia.Storage.Errors;
using Microsoft.Data.Sqlite;

namespace Chia.Storage.Sqlite;

/// <content>Blocks and records by hash and height.</content>
public sealed partial class SqliteBlockStore
{
    private const string SelectBlock =
        "SELECT r.header_hash, b.header_length, b.checksum, b.bytes FROM record r LEFT JOIN block b ON b.id = r.id WHERE r.header_hash = $1";

    /// <inheritdoc/>
    public Task<bool> Contains(Bytes32 headerHash, CancellationToken cancellationToken = default) =>
        Read(s => Contains(s, headerHash), cancellationToken);

    /// <inheritdoc/>
    public Task<byte[]?> GetBlock(Bytes32 headerHash, CancellationToken cancellationToken = default) =>
        Read(s => Block(s, headerHash, headerOnly: false), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]?>> GetBlocks(IReadOnlyList<Bytes32> headerHashes, CancellationToken cancellationToken = default) =>
        Read<IReadOnlyList<byte[]?>>(s => Blocks(s, headerHashes, headerOnly: false), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]?>> GetHeaderBlocks(
        IReadOnlyList<Bytes32> headerHashes, CancellationToken cancellationToken = default) =>
        Read<IReadOnlyList<byte[]?>>(s => Blocks(s, headerHashes, headerOnly: true), cancellationToken);

    private static bool Contains(SqliteSession session, Bytes32 headerHash) =>
        session.Scalar("SELECT 1 FROM record WHERE header_hash = $1", headerHash.ToArray()) is not null;

    private BlockRecord? Record(SqliteSession session, Bytes32 headerHash)
    {
        if (session.Scalar("SELECT fields FROM record WHERE header_hash = $1", headerHash.ToArray()) is not { } fields)
            return null;
        return fields is byte[] bytes && RecordCodec.Decode(bytes) is { } record && record.HeaderHash == headerHash
            ? record
            : throw new StoreDamagedException(Location, $"the record of block {headerHash} fails its checksum");
    }

    private byte[]? Block(SqliteSession session, Bytes32 headerHash, bool headerOnly)
    {
        using var row = session.Query(SelectBlock, headerHash.ToArray());
        return row.Read() ? Checked(row, headerOnly) : null;
    }

    private byte[]?[] Blocks(SqliteSession session, IReadOnlyList<Bytes32> headerHashes, bool headerOnly)
    {
        var blocks = new byte[]?[headerHashes.Count];
        for (var i = 0; i < blocks.Length; i++)
            blocks[i] = Block(session, headerHashes[i], headerOnly);
        return blocks;
    }

    /// <summary>The bytes of a row (hash, header length, checksum, bytes), if they are what was written.</summary>
    private byte[] Checked(SqliteDataReader row, bool headerOnly) =>
        row.Hash(0) is { } hash && BlockCodec.Checked(hash.ToArray(), row.Integer(1), row.Integer(2), row.Blob(3), headerOnly) is { } bytes
            ? bytes
            : throw new StoreDamagedException(Location, $"block {row.Hash(0)} is missing or fails its checksum");
}
