using Chia.Protocol.Primitives;
using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Chia.Storage.Sqlite;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Chia.Storage.MongoDB;

/// <summary>The stores of many nodes in one MongoDB database. They share one client.</summary>
internal sealed class MongoBlockStores : IStoreMaintenance
{
    private const string DefaultDatabase = "chia";

    /// <summary>Until a server that cannot be reached is called away, unless the address says otherwise: soon enough for the status to say
    /// so while somebody waits for a commit. The driver's own half minute is not.</summary>
    private static readonly TimeSpan Selection = TimeSpan.FromSeconds(10);

    /// <summary>Until a server that took a question and is frozen is given up, unless the address says otherwise: counting ten million
    /// blocks takes less. Left alone the driver waits for ever.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private readonly MongoClient _client;
    private readonly IMongoDatabase _database;

    /// <summary>The stores at an address; nothing is opened yet.</summary>
    /// <param name="address"><c>mongodb://…/DATABASE</c> or <c>mongodb+srv://…</c>.</param>
    /// <exception cref="MongoConfigurationException">It is malformed.</exception>
    public MongoBlockStores(string address)
    {
        var url = new MongoUrl(address);
        var name = url.DatabaseName ?? DefaultDatabase;
        Location = MongoErrors.Location(url, name);
        _client = new MongoClient(SettingsOf(url));
        _database = MongoBlockStore.Durable(_client, name);
    }

    /// <inheritdoc/>
    public string Location { get; }

    /// <summary>What the address says, and bounds for all that would wait for ever.</summary>
    internal static MongoClientSettings SettingsOf(MongoUrl url)
    {
        var settings = MongoClientSettings.FromUrl(url);
        if (settings.ServerSelectionTimeout == MongoDefaults.ServerSelectionTimeout)
            settings.ServerSelectionTimeout = Selection;
        if (settings.SocketTimeout == MongoDefaults.SocketTimeout)
            settings.SocketTimeout = Silence;
        return settings;
    }

    /// <summary>Whether an address means MongoDB.</summary>
    internal static bool IsAddress(string address) =>
        address.StartsWith("mongodb://", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("mongodb+srv://", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public async Task Prepare(CancellationToken cancellationToken = default)
    {
        var version = await MongoErrors.Translated(Location, () => MongoSchema.Create(_database, cancellationToken)).ConfigureAwait(false);
        if (version != MongoSchema.Version)
            throw new StoreVersionException(Location, version, MongoSchema.Version);
    }

    /// <inheritdoc/>
    public Task<IBlockStore> Open(NodeName node, StoreIdentity identity, CancellationToken cancellationToken = default) =>
        MongoBlockStore.Open(_database, Location, node, identity, begins: true, cancellationToken);

    /// <inheritdoc/>
    public async Task<IBlockReader> OpenReader(NodeName node, StoreIdentity identity, CancellationToken cancellationToken = default) =>
        await MongoBlockStore.Open(_database, Location, node, identity, begins: false, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public IBlockReader OpenDamaged(NodeName node, StoreIdentity identity) =>
        MongoBlockStore.OpenDamaged(_database, Location, node, identity);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredNode>> GetNodes(CancellationToken cancellationToken = default) =>
        MongoErrors.Translated<IReadOnlyList<StoredNode>>(Location, async () =>
        {
            var heads = await Collection(MongoSchema.Heads).Find(new BsonDocument()).Sort(new BsonDocument("_id", 1))
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. heads.Select(head => StoredNodes.Read(head["_id"].AsString, Location, MongoHead.Read(head, Location).Identity))];
        });

    /// <inheritdoc/>
    public Task<bool> Exists(NodeName node, CancellationToken cancellationToken = default) => MongoErrors.Translated(Location, async () =>
        await Collection(MongoSchema.Heads).CountDocumentsAsync(MongoDocuments.OfHead(node), cancellationToken: cancellationToken)
            .ConfigureAwait(false) > 0);

    /// <inheritdoc/>
    public Task<RewindResult> Rewind(
        NodeName node, StoreIdentity identity, uint height, int numberOfHeads, IProgress<StoreProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        StoreRewind.OpenAndRewind(
            MongoBlockStore.Open(_database, Location, node, identity, begins: false, cancellationToken), height, numberOfHeads,
            progress, cancellationToken);

    /// <inheritdoc/>
    public Task<long> Backup(
        NodeName node, StoreIdentity identity, string file, IProgress<StoreProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        SqliteCopy.Backup(OpenReader(node, identity, cancellationToken), file, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<StoreSize> GetSize(NodeName node, CancellationToken cancellationToken = default) =>
        MongoErrors.Translated(Location, async () =>
    {
        var sums = await Collection(MongoSchema.Blocks).Aggregate()
            .Match(MongoDocuments.OfNode(node))
            .Group(new BsonDocument { { "_id", BsonNull.Value },
                { "bytes", new BsonDocument("$sum", new BsonDocument("$bsonSize", "$$ROOT")) } })
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return new StoreSize(sums is null ? 0 : sums["bytes"].ToInt64(), 0);
    });

    /// <inheritdoc/>
    public Task Remove(NodeName node, CancellationToken cancellationToken = default) => MongoErrors.Translated(Location, async () =>
    {
        // The head first: its writer is superseded by its absence.
        await Collection(MongoSchema.Heads).DeleteOneAsync(MongoDocuments.OfHead(node), cancellationToken).ConfigureAwait(false);
        string[] collections = [MongoSchema.Staged, MongoSchema.Heights, MongoSchema.Records, MongoSchema.Blocks, MongoSchema.SyncBlocks];
        foreach (var collection in collections)
            await Collection(collection).DeleteManyAsync(MongoDocuments.OfNode(node), cancellationToken).ConfigureAwait(false);
        return 0;
    });

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private IMongoCollection<BsonDocument> Collection(string name) => _database.GetCollection<BsonDocument>(name);
}
