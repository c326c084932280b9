using Chia.Protocol.Blocks;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Chia.Storage.MongoDB;

/// <content>
/// What a sync keeps. Target and checkpoints are the head's and fenced with it. Its blocks are documents of their own, each with the epoch
/// of its writer: one that was superseded is refused before it writes, and what it may still have under way touches nothing of its
/// successor's. </content>
internal sealed partial class MongoBlockStore
{
    /// <inheritdoc/>
    public Task SetSyncTarget(WriterToken writer, SyncTarget target, CancellationToken cancellationToken = default) =>
        Run(() => Changed(writer, new BsonDocument("$set", new BsonDocument("target", MongoDocuments.Target(target)))));

    /// <inheritdoc/>
    public Task<InterruptedSync> GetSyncState(CancellationToken cancellationToken = default) => Run(async () =>
    {
        var head = await Head(cancellationToken).ConfigureAwait(false);
        var ids = await _syncBlocks.Find(MongoDocuments.OfNode(_node))
            .Sort(new BsonDocument { { "_id.height", 1 }, { "_id.hash", 1 } })
            .Project(new BsonDocument("_id", 1)).ToListAsync(cancellationToken).ConfigureAwait(false);

        // What cannot be read is fetched again.
        var blocks = new List<HeightEntry>();
        foreach (var id in ids)
        {
            if (MongoDocuments.Integer(id["_id"]["height"]) is { } height and >= 0 and <= uint.MaxValue
                && MongoDocuments.Hash(id["_id"]["hash"]) is { } hash)
                blocks.Add(new HeightEntry((uint)height, hash));
        }

        return new InterruptedSync(head.Target, blocks);
    });

    /// <inheritdoc/>
    public Task PutSyncBlocks(WriterToken writer, IReadOnlyList<SyncBlock> blocks, CancellationToken cancellationToken = default) =>
        Run(async () =>
    {
        // The fence writes nothing new and so costs little; what follows carries the epoch that it found.
        await Change(writer, new BsonDocument("$set", new BsonDocument("epoch", writer.Epoch))).ConfigureAwait(false);
        if (blocks.Count == 0)
            return 0;
        var writes = blocks.Select(block => (WriteModel<BsonDocument>)new UpdateOneModel<BsonDocument>(
            new BsonDocument { { "_id", MongoDocuments.SyncId(_node, block.Height, block.HeaderHash) },
                { "epoch", new BsonDocument("$not", new BsonDocument("$gt", writer.Epoch)) } },
            new BsonDocument("$set", new BsonDocument { { "epoch", writer.Epoch }, { "bytes", new BsonBinaryData(block.Bytes) } }))
        { IsUpsert = true });
        await PutAll(_syncBlocks, [.. writes], CancellationToken.None).ConfigureAwait(false);
        return 0;
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]?>> GetSyncBlocks(IReadOnlyList<HeightEntry> blocks, CancellationToken cancellationToken = default) =>
        Run<IReadOnlyList<byte[]?>>(async () =>
    {
        var found = new Dictionary<BsonDocument, byte[]?>();
        foreach (var some in blocks.Distinct().Chunk(LookedUpAtOnce))
        {
            var ids = new BsonArray(some.Select(block => MongoDocuments.SyncId(_node, block.Height, block.HeaderHash)));
            var documents = await _syncBlocks.Find(new BsonDocument("_id", new BsonDocument("$in", ids))).ToListAsync(cancellationToken)
                .ConfigureAwait(false);
            foreach (var document in documents)
                found[document["_id"].AsBsonDocument] = MongoDocuments.Bytes(document.GetValue("bytes", BsonNull.Value));
        }

        return [.. blocks.Select(block => found.GetValueOrDefault(MongoDocuments.SyncId(_node, block.Height, block.HeaderHash)))];
    });

    /// <inheritdoc/>
    public Task ClearSync(WriterToken writer, CancellationToken cancellationToken = default) => Run(async () =>
    {
        await Change(writer, new BsonDocument("$set", new BsonDocument("target", BsonNull.Value))).ConfigureAwait(false);
        await _syncBlocks.DeleteManyAsync(
            MongoDocuments.OfNode(_node).Add("epoch", new BsonDocument("$not", new BsonDocument("$gt", writer.Epoch))),
            CancellationToken.None).ConfigureAwait(false);
        return 0;
    });

    /// <inheritdoc/>
    public Task<byte[]?> GetCheckpoint(string name, CancellationToken cancellationToken = default) =>
        Run(async () => (await Head(cancellationToken).ConfigureAwait(false)).Checkpoints.GetValueOrDefault(name));

    /// <inheritdoc/>
    public Task SetCheckpoint(WriterToken writer, string name, byte[]? value, CancellationToken cancellationToken = default) =>
        Run(async () =>
    {
        // The whole list is written, so commits wait: they write it as well.
        await _commits.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var head = await Head(cancellationToken).ConfigureAwait(false);
            var after = MongoDocuments.Checkpoints(head.Checkpoints, new Dictionary<string, byte[]?> { [name] = value });
            return await Changed(writer, new BsonDocument("$set", new BsonDocument("checkpoints", after))).ConfigureAwait(false);
        }
        finally
        {
            _commits.Release();
        }
    });

    private async Task<int> Changed(WriterToken writer, BsonDocument update)
    {
        await Change(writer, update).ConfigureAwait(false);
        return 0;
    }
}
