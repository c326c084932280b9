using Chia.Protocol.Primitives;
using Chia.Storage.Errors;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Chia.Storage.MongoDB;

/// <content>Changes of the chain.</content>
internal sealed partial class MongoBlockStore
{
    /// <summary>One that is outrun does not keep the others back.</summary>
    private static readonly BulkWriteOptions EachAlone = new() { IsOrdered = false };

    private readonly SemaphoreSlim _commits = new(1, 1);
    private long _lastTried;

    /// <inheritdoc/>
    public Task<WriterToken> TakeWriter(CancellationToken cancellationToken = default) => Run(async () =>
    {
        var head = await _heads.FindOneAndUpdateAsync<BsonDocument>(
            MongoDocuments.OfHead(_node),
            new BsonDocument("$inc", new BsonDocument("epoch", 1L)),
            new FindOneAndUpdateOptions<BsonDocument, BsonDocument> { ReturnDocument = ReturnDocument.After },
            cancellationToken).ConfigureAwait(false)
                ?? throw new StoreUnavailableException(Location, "there is no such node in this database");
        var taken = MongoHead.Read(head, Location);

        // From here on nobody else commits: what was committed is rolled in, what was only staged is swept.
        await RollIn(taken.Number, cancellationToken).ConfigureAwait(false);
        await _staged.DeleteManyAsync(
            MongoDocuments.Swept(_node, taken.Number, MongoDocuments.Number(new WriterToken(taken.Epoch), 0)), cancellationToken)
            .ConfigureAwait(false);
        return new WriterToken(taken.Epoch);
    });

    /// <inheritdoc/>
    public Task<WriterToken> GetWriter(CancellationToken cancellationToken = default) =>
        Run(async () => new WriterToken((await Head(cancellationToken).ConfigureAwait(false)).Epoch));

    /// <inheritdoc/>
    public Task Commit(WriterToken writer, ChainCommit commit, CancellationToken cancellationToken = default) => Run(async () =>
    {
        await _commits.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await CommitAlone(writer, commit, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _commits.Release();
        }
    });

    private async Task<long> CommitAlone(WriterToken writer, ChainCommit commit, CancellationToken cancellationToken)
    {
        var head = await AppliedHead(cancellationToken).ConfigureAwait(false);
        if (head.Epoch != writer.Epoch)
            throw new StaleWriterException(writer, new WriterToken(head.Epoch));
        await Check(commit, cancellationToken).ConfigureAwait(false);

        // A number is tried once: of a try that failed something may still be under way to the server.
        var number = _lastTried = Math.Max(Math.Max(head.Number, _lastTried), MongoDocuments.Number(writer, 0)) + 1;
        await _staged.DeleteManyAsync(MongoDocuments.Swept(_node, head.Number, number), CancellationToken.None).ConfigureAwait(false);
        var staged = MongoDocuments.Stage(_node, number, commit);
        if (staged.Count > 0)
            await _staged.InsertManyAsync(staged, cancellationToken: CancellationToken.None).ConfigureAwait(false);
        await Change(
            writer, MongoDocuments.CommitFence(_node, writer, head.Number), MongoDocuments.CommitUpdate(number, commit, head.Checkpoints))
            .ConfigureAwait(false);

        // It has happened. What follows is done by the next reader or writer if it fails here.
        await RollIn(number, CancellationToken.None).ConfigureAwait(false);
        foreach (var block in commit.BlocksAdded)
        {
            await _syncBlocks.DeleteOneAsync(
                new BsonDocument("_id", MongoDocuments.SyncId(_node, block.Record.Height, block.Record.HeaderHash)),
                CancellationToken.None).ConfigureAwait(false);
        }

        return number;
    }

    /// <summary>Rolls a commit in: blocks and heights as it brings them, unless a later commit was faster.</summary>
    private async Task RollIn(long number, CancellationToken cancellationToken)
    {
        var mine = new BsonDocument { { "_id.node", MongoDocuments.Text(_node) }, { "_id.number", number } };
        var staged = await _staged.Find(mine).Sort(new BsonDocument("_id.place", 1)).ToListAsync(cancellationToken).ConfigureAwait(false);
        var (records, blocks, heights) =
            (new List<WriteModel<BsonDocument>>(), new List<WriteModel<BsonDocument>>(), new List<WriteModel<BsonDocument>>());
        foreach (var document in staged)
        {
            foreach (var hash in document.GetValue("blocks_removed", new BsonArray()).AsBsonArray)
            {
                var id = MongoDocuments.Id(_node, new Bytes32(hash.AsByteArray));
                records.Add(Put(id, number, MongoDocuments.RemoveRecord(number)));
                blocks.Add(Put(id, number, MongoDocuments.RemoveBlock(number)));
            }

            if (document.TryGetValue("block", out var added))
            {
                var id = MongoDocuments.Id(_node, new Bytes32(added["hash"].AsByteArray));
                records.Add(Put(id, number, MongoDocuments.PutRecord(added.AsBsonDocument, number, document["_id"]["place"].ToInt32())));
                blocks.Add(Put(id, number, MongoDocuments.PutBlock(added.AsBsonDocument, number)));
            }

            foreach (var height in document.GetValue("heights_removed", new BsonArray()).AsBsonArray)
                heights.Add(Put(MongoDocuments.HeightId(_node, (uint)height.ToInt64()), number, MongoDocuments.PutHeight(number, null)));
            foreach (var entry in document.GetValue("heights_set", new BsonArray()).AsBsonArray)
                heights.Add(
                    Put(MongoDocuments.HeightId(_node, (uint)entry["height"].ToInt64()), number,
                    MongoDocuments.PutHeight(number, entry["hash"])));
        }

        // In order: a block that is removed and added, a height that is removed and set, ends as the last says.
        await PutAll(_blocks, blocks, cancellationToken).ConfigureAwait(false);
        await PutAll(_records, records, cancellationToken).ConfigureAwait(false);
        await PutAll(_heights, heights, cancellationToken).ConfigureAwait(false);
        await _heads.UpdateOneAsync(
            new BsonDocument { { "_id", MongoDocuments.Text(_node) }, { "number", number } },
            new BsonDocument("$set", new BsonDocument("applied", number)),
            cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private static UpdateOneModel<BsonDocument> Put(BsonDocument id, long number, BsonDocument[] update) =>
        new(MongoDocuments.NotLater(id, number),
            new BsonDocumentStagePipelineDefinition<BsonDocument, BsonDocument>(update))
        { IsUpsert = true };

    /// <summary>Writes what no later commit has written. Runs of different documents go at once, so that one that is met twice keeps its
    /// order.</summary>
    private static async Task PutAll(
        IMongoCollection<BsonDocument> collection, List<WriteModel<BsonDocument>> writes, CancellationToken cancellationToken)
    {
        foreach (var run in MongoRuns.Of(writes))
        {
            try
            {
                await collection.BulkWriteAsync(run, EachAlone, cancellationToken).ConfigureAwait(false);
            }
            catch (MongoBulkWriteException<BsonDocument> error) when (MongoErrors.IsOutrun(error))
            {
                // A later commit has those.
            }
        }
    }

    /// <summary>Refuses what would make the next start fail: better an error here, where the cause is. Nobody else commits
    /// meanwhile.</summary>
    private async Task Check(ChainCommit commit, CancellationToken cancellationToken)
    {
        var added = commit.BlocksAdded.Select(b => b.Record.HeaderHash).ToHashSet();
        var removed = commit.BlocksRemoved.Where(hash => !added.Contains(hash)).ToHashSet();
        var wanted = commit.Tips.Concat(commit.HeightsSet.Select(e => e.HeaderHash)).Where(hash => !added.Contains(hash)).Distinct()
            .ToList();
        var stored = await Stored(wanted, cancellationToken).ConfigureAwait(false);
        bool IsThere(Bytes32 hash) => added.Contains(hash) || (stored.Contains(hash) && !removed.Contains(hash));

        foreach (var tip in commit.Tips)
        {
            if (!IsThere(tip))
                throw new CommitRefusedException($"the tip {tip} is not stored");
        }

        var set = commit.HeightsSet.Select(e => e.Height).ToHashSet();
        var gone = commit.HeightsRemoved.Where(height => !set.Contains(height)).ToHashSet();
        var neighbours = commit.HeightsSet.Where(e => e.Height > 0).Select(e => e.Height - 1)
            .Concat(gone.Where(h => h < uint.MaxValue).Select(h => h + 1));
        var there = await StoredHeights([.. neighbours.Where(h => !set.Contains(h)).Distinct()], cancellationToken).ConfigureAwait(false);
        bool HasHeight(uint height) => set.Contains(height) || (there.ContainsKey(height) && !gone.Contains(height));

        foreach (var (height, hash) in commit.HeightsSet)
        {
            if (!IsThere(hash))
                throw new CommitRefusedException($"block {hash} at height {height} is not stored");
            if (height > 0 && !HasHeight(height - 1))
                throw new CommitRefusedException($"height {height} is set and height {height - 1} is not");
        }

        foreach (var height in gone)
        {
            if (height < uint.MaxValue && HasHeight(height + 1))
                throw new CommitRefusedException($"height {height} is removed and height {height + 1L} is not");
        }

        // Only a rewind removes blocks, so this may look at everything.
        if (removed.Count == 0)
            return;
        var orphan = await _heights.Find(new BsonDocument
        {
            { "_id.node", MongoDocuments.Text(_node) },
            { "hash", new BsonDocument("$in", new BsonArray(removed.Select(MongoDocuments.Binary))) },
        }).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var entry in orphan)
        {
            if ((uint)entry["_id"]["height"].ToInt64() is var height && !set.Contains(height) && !gone.Contains(height))
                throw new CommitRefusedException($"the block at height {height} is removed and its height is not");
        }
    }

    private async Task<HashSet<Bytes32>> Stored(List<Bytes32> hashes, CancellationToken cancellationToken)
    {
        var found = new HashSet<Bytes32>();
        foreach (var some in hashes.Chunk(LookedUpAtOnce))
        {
            var ids = await _records.Find(MongoDocuments.Among(_node, some, "at")).Project(new BsonDocument("_id", 1))
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            found.UnionWith(ids.Select(id => new Bytes32(id["_id"]["hash"].AsByteArray)));
        }

        return found;
    }

    private async Task<Dictionary<uint, BsonValue>> StoredHeights(List<uint> heights, CancellationToken cancellationToken)
    {
        var found = new Dictionary<uint, BsonValue>();
        foreach (var some in heights.Chunk(LookedUpAtOnce))
        {
            var entries = await _heights.Find(new BsonDocument
            {
                { "_id", new BsonDocument("$in", new BsonArray(some.Select(height => MongoDocuments.HeightId(_node, height)))) },
                { "hash", new BsonDocument("$exists", true) },
            }).ToListAsync(cancellationToken).ConfigureAwait(false);
            foreach (var entry in entries)
                found[(uint)entry["_id"]["height"].ToInt64()] = entry.GetValue("hash", BsonNull.Value);
        }

        return found;
    }
}
