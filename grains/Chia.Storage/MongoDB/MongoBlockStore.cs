using Chia.Protocol.Primitives;
using Chia.Storage.Errors;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Chia.Storage.MongoDB;

/// <summary>
/// The block store in MongoDB (CLUSTER 4). A commit is one change of the node's head document, matched by the writer's epoch; what it
/// brings was staged before, and is rolled in afterwards, by whoever comes first if the writer dies between. All of it is idempotent and
/// guarded by the commit's number, which grows with the epochs: a writer that was frozen can neither commit nor undo.
/// </summary>
internal sealed partial class MongoBlockStore : IBlockStore
{
    private readonly IMongoCollection<BsonDocument> _heads;
    private readonly IMongoCollection<BsonDocument> _staged;
    private readonly IMongoCollection<BsonDocument> _records;
    private readonly IMongoCollection<BsonDocument> _blocks;
    private readonly IMongoCollection<BsonDocument> _heights;
    private readonly IMongoCollection<BsonDocument> _syncBlocks;
    private readonly IMongoDatabase _database;
    private readonly NodeName _node;

    private MongoBlockStore(IMongoDatabase database, string location, NodeName node, StoreIdentity identity)
    {
        _database = database;
        _node = node;
        _heads = database.GetCollection<BsonDocument>(MongoSchema.Heads);
        _staged = database.GetCollection<BsonDocument>(MongoSchema.Staged);
        _records = database.GetCollection<BsonDocument>(MongoSchema.Records);
        _blocks = database.GetCollection<BsonDocument>(MongoSchema.Blocks);
        _heights = database.GetCollection<BsonDocument>(MongoSchema.Heights);
        _syncBlocks = database.GetCollection<BsonDocument>(MongoSchema.SyncBlocks);
        Identity = identity;
        Location = $"{location} node {node}";
    }

    /// <inheritdoc/>
    public StoreIdentity Identity { get; }

    /// <inheritdoc/>
    public string Location { get; }

    /// <summary>A majority that does not acknowledge within this is away: left alone a write would wait for it for ever. What it wrote may
    /// still happen, as with any call that is given up.</summary>
    private static readonly TimeSpan MajorityPatience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The database as the store wants it: written by whole majorities and journalled, read from the primary. Not with the read concern of
    /// a majority, which a single server may refuse: what a writer relies on it has written itself, behind the fence.
    /// </summary>
    internal static IMongoDatabase Durable(IMongoClient client, string database) => client.GetDatabase(database, new MongoDatabaseSettings
    {
        WriteConcern = WriteConcern.WMajority.With(journal: true, wTimeout: MajorityPatience),
        ReadPreference = ReadPreference.Primary,
    });

    /// <summary>Opens a node's store.</summary>
    /// <param name="database">The database, made by <see cref="Durable"/>.</param>
    /// <param name="location">Its name for messages.</param>
    /// <param name="node">The node.</param>
    /// <param name="identity">Whose chain it must hold.</param>
    /// <param name="begins">Begin it if there is none.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    internal static async Task<IBlockStore> Open(
        IMongoDatabase database, string location, NodeName node, StoreIdentity identity, bool begins, CancellationToken cancellationToken)
    {
        var store = new MongoBlockStore(database, location, node, identity);
        await MongoErrors.Translated(store.Location, () => store.Prepare(begins, cancellationToken)).ConfigureAwait(false);
        return store;
    }

    /// <summary>For maintenance: nothing is looked at yet.</summary>
    internal static IBlockReader OpenDamaged(IMongoDatabase database, string location, NodeName node, StoreIdentity identity) =>
        new MongoBlockStore(database, location, node, identity);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask; // The client belongs to the place.

    private async Task<int> Prepare(bool begins, CancellationToken cancellationToken)
    {
        switch (await MongoSchema.ReadVersion(_database, cancellationToken).ConfigureAwait(false))
        {
            case null:
                throw new StoreFormatException(Location, "its collections are missing; `chia cluster init` makes them");
            case var version when version != MongoSchema.Version:
                throw new StoreVersionException(Location, version.Value, MongoSchema.Version);
        }

        if (begins)
        {
            await _heads.UpdateOneAsync(
                MongoDocuments.OfHead(_node), MongoDocuments.NewHead(Identity), new UpdateOptions { IsUpsert = true }, cancellationToken)
                    .ConfigureAwait(false);
        }

        var head = await Head(cancellationToken).ConfigureAwait(false);
        return head.Identity == Identity ? 0 : throw new StoreNetworkException(Location, head.Identity, Identity);
    }

    /// <summary>The head as it is now.</summary>
    private async Task<MongoHead> Head(CancellationToken cancellationToken) =>
        await _heads.Find(MongoDocuments.OfHead(_node)).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false) is { } head
            ? MongoHead.Read(head, Location)
            : throw new StoreUnavailableException(Location, "there is no such node in this database");

    /// <summary>The head with its last commit rolled in.</summary>
    private async Task<MongoHead> AppliedHead(CancellationToken cancellationToken)
    {
        var head = await Head(cancellationToken).ConfigureAwait(false);
        if (head.Applied != head.Number)
            await RollIn(head.Number, cancellationToken).ConfigureAwait(false);
        return head;
    }

    /// <summary>Changes the head if the writer is in force.</summary>
    /// <exception cref="StaleWriterException">It is not.</exception>
    private Task Change(WriterToken writer, UpdateDefinition<BsonDocument> update) =>
        Change(writer, MongoDocuments.Fence(_node, writer), update);

    private async Task Change(WriterToken writer, BsonDocument fence, UpdateDefinition<BsonDocument> update)
    {
        if (await _heads.FindOneAndUpdateAsync<BsonDocument>(fence, update, cancellationToken: CancellationToken.None)
            .ConfigureAwait(false) is not null)
            return;
        var head = await Head(CancellationToken.None).ConfigureAwait(false);
        throw head.Epoch != writer.Epoch
            ? new StaleWriterException(writer, new WriterToken(head.Epoch))
            : new StoreUnavailableException(Location, "a commit that had been given up came first; try again");
    }

    private Task<T> Run<T>(Func<Task<T>> work) => MongoErrors.Translated(Location, work);
}
