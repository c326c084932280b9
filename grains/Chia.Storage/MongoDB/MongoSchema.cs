using MongoDB.Bson;
using MongoDB.Driver;

namespace Chia.Storage.MongoDB;

/// <summary>
/// Collections and their version (CLUSTER 4). A node has one head document, whose change is the commit; what a commit brings is staged
/// before it and rolled into blocks and heights after it. No transaction over several documents is needed, so that a single server will
/// do.
/// </summary>
internal static class MongoSchema
{
    /// <summary>Version made, and the only one understood.</summary>
    internal const int Version = 1;

    /// <summary>One document: the version.</summary>
    internal const string SchemaCollection = "chia_schema";

    /// <summary>One document a node: network, epoch, number of the last commit, tips, checkpoints, target of a sync.</summary>
    internal const string Heads = "chia_heads";

    /// <summary>What a commit brings, by its number, until it has been rolled in.</summary>
    internal const string Staged = "chia_staged";

    /// <summary>Records by node and header hash, apart from the blocks: a start reads 200 bytes a block and not 2 kB.</summary>
    internal const string Records = "chia_records";

    /// <summary>Blocks by node and header hash.</summary>
    internal const string Blocks = "chia_blocks";

    /// <summary>The height table, by node and height.</summary>
    internal const string Heights = "chia_heights";

    /// <summary>What a sync keeps, by node, height and header hash.</summary>
    internal const string SyncBlocks = "chia_sync_blocks";

    private const string VersionId = "blocks";

    /// <summary>Makes version and indexes if they are not there.</summary>
    /// <returns>The version that is there now.</returns>
    internal static async Task<int> Create(IMongoDatabase database, CancellationToken cancellationToken)
    {
        var schema = database.GetCollection<BsonDocument>(SchemaCollection);
        await schema.UpdateOneAsync(
            new BsonDocument("_id", VersionId),
            new BsonDocument("$setOnInsert", new BsonDocument("version", Version)),
            new UpdateOptions { IsUpsert = true },
            cancellationToken).ConfigureAwait(false);
        var version = await ReadVersion(database, cancellationToken).ConfigureAwait(false) ?? 0;
        if (version != Version)
            return version;

        // The order of the commits, parents first; and what was staged, by commit.
        await Index(database, Records, new BsonDocument { { "_id.node", 1 }, { "at", 1 }, { "place", 1 } }, cancellationToken)
            .ConfigureAwait(false);
        await Index(database, Heights, new BsonDocument { { "_id.node", 1 }, { "_id.height", 1 }, { "hash", 1 } }, cancellationToken)
            .ConfigureAwait(false);
        await Index(database, Staged, new BsonDocument { { "_id.node", 1 }, { "_id.number", 1 }, { "_id.place", 1 } }, cancellationToken)
            .ConfigureAwait(false);
        await Index(database, SyncBlocks, new BsonDocument { { "_id.node", 1 }, { "_id.height", 1 } }, cancellationToken)
            .ConfigureAwait(false);
        return version;
    }

    /// <summary>The version that is there; null if there is none.</summary>
    internal static async Task<int?> ReadVersion(IMongoDatabase database, CancellationToken cancellationToken)
    {
        var found = await database.GetCollection<BsonDocument>(SchemaCollection)
            .Find(new BsonDocument("_id", VersionId)).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return found is not null && found.GetValue("version", BsonNull.Value) is BsonInt32 version ? version.Value : null;
    }

    private static Task<string> Index(
        IMongoDatabase database, string collection, BsonDocument keys, CancellationToken cancellationToken) =>
        database.GetCollection<BsonDocument>(collection).Indexes.CreateOneAsync(
            new CreateIndexModel<BsonDocument>(new BsonDocumentIndexKeysDefinition<BsonDocument>(keys)),
            cancellationToken: cancellationToken);
}
