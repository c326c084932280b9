using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Storage.Codec;
using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Chia.Storage.MongoDB;

/// <content>Questions.</content>
internal sealed partial class MongoBlockStore
{
    /// <summary>Ids in one question: some 100 kB.</summary>
    private const int LookedUpAtOnce = 1000;

    /// <summary>How often the index is read anew because a commit came between.</summary>
    private const int Tries = 10;

    private static readonly BsonDocument InOrder = new() { { "at", 1 }, { "place", 1 } };

    /// <inheritdoc/>
    public Task<bool> Contains(Bytes32 headerHash, CancellationToken cancellationToken = default) =>
        Run(async () => (await Stored([headerHash], cancellationToken).ConfigureAwait(false)).Count != 0);

    /// <inheritdoc/>
    public async Task<byte[]?> GetBlock(Bytes32 headerHash, CancellationToken cancellationToken = default) =>
        (await GetBlocks([headerHash], cancellationToken).ConfigureAwait(false))[0];

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]?>> GetBlocks(IReadOnlyList<Bytes32> headerHashes, CancellationToken cancellationToken = default) =>
        Bytes(headerHashes, headerOnly: false, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]?>> GetHeaderBlocks(
        IReadOnlyList<Bytes32> headerHashes, CancellationToken cancellationToken = default) =>
        Bytes(headerHashes, headerOnly: true, cancellationToken);

    /// <inheritdoc/>
    public BlockRecord? ReadRecord(Bytes32 headerHash) =>
        MongoErrors.TranslatedHere(Location, () => Sound(headerHash, FindRecord(headerHash).FirstOrDefault()));

    /// <inheritdoc/>
    public Task<ChainSummary> GetSummary(CancellationToken cancellationToken = default) => Run(async () =>
    {
        var head = await AppliedHead(cancellationToken).ConfigureAwait(false);
        var tips = new List<BlockRecord>();
        foreach (var tip in head.Tips)
        {
            var hash = tip ?? throw new StoreDamagedException(Location, "a tip is no hash");
            tips.Add(
                Sound(hash, await FindRecord(hash).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false))
                ?? throw new StoreDamagedException(Location, $"the tip {hash} is not stored"));
        }

        var highest = await Highest(cancellationToken).ConfigureAwait(false);
        return new ChainSummary(
            await _records.CountDocumentsAsync(MongoDocuments.PresentRecords(_node), cancellationToken: cancellationToken)
                .ConfigureAwait(false),
            tips,
            highest?.Height,
            head.Target,
            await _syncBlocks.CountDocumentsAsync(MongoDocuments.OfNode(_node), cancellationToken: cancellationToken)
                .ConfigureAwait(false));
    });

    /// <inheritdoc/>
    public Task<StoredHeads> ReadRecords(Action<BlockRecord> take, CancellationToken cancellationToken = default) => Run(async () =>
    {
        var head = await AppliedHead(cancellationToken).ConfigureAwait(false);
        using (var cursor = await Records().ToCursorAsync(cancellationToken).ConfigureAwait(false))
        {
            while (await cursor.MoveNextAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var document in cursor.Current)
                    take(Record(document) ?? throw new StoreDamagedException(Location, "a record fails its checksum"));
            }
        }

        var heads = new StoredHeads(
            [.. head.Tips.Select(tip => tip ?? throw new StoreDamagedException(Location, "a tip is no hash"))],
            await _heights.CountDocumentsAsync(MongoDocuments.PresentHeights(_node), cancellationToken: cancellationToken)
                .ConfigureAwait(false),
            await Highest(cancellationToken).ConfigureAwait(false));
        return (await Head(cancellationToken).ConfigureAwait(false)).Number == head.Number
            ? heads
            : throw new StoreUnavailableException(Location, "it was written while it was read; try again");
    });

    /// <inheritdoc/>
    public Task<ChainIndex> ReadIndex(CancellationToken cancellationToken = default) => Run(async () =>
    {
        for (var i = 0; i < Tries; i++)
        {
            var head = await AppliedHead(cancellationToken).ConfigureAwait(false);
            var index = await ReadIndexOnce(head, cancellationToken).ConfigureAwait(false);
            if ((await Head(cancellationToken).ConfigureAwait(false)).Number == head.Number)
                return index;
        }

        throw new StoreUnavailableException(Location, "it is written faster than it can be read; stop its node, or try again");
    });

    /// <inheritdoc/>
    public async Task<MediumReport> CheckMedium(CancellationToken cancellationToken = default)
    {
        var complaints = new MediumComplaints();
        await complaints.TryOpening(() => Run(() => Prepare(begins: false, cancellationToken))).ConfigureAwait(false);
        await complaints.Try(() => Run(() => CheckSync(complaints, cancellationToken))).ConfigureAwait(false);
        return complaints.Report("the server's own files: MongoDB's validate command looks at them");
    }

    private async Task<int> CheckSync(MediumComplaints complaints, CancellationToken cancellationToken)
    {
        MongoDocuments.CheckTarget(
            await _heads.Find(MongoDocuments.OfHead(_node)).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false), complaints);
        using var kept = await _syncBlocks.Find(MongoDocuments.OfNode(_node)).ToCursorAsync(cancellationToken).ConfigureAwait(false);
        while (await kept.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var block in kept.Current)
            {
                var id = block["_id"];
                complaints.AddSyncBlock(
                    MongoDocuments.Integer(id["height"]),
                    MongoDocuments.Hash(id["hash"]),
                    MongoDocuments.Bytes(block.GetValue("bytes", BsonNull.Value)));
            }
        }

        return 0;
    }

    private async Task<ChainIndex> ReadIndexOnce(MongoHead head, CancellationToken cancellationToken)
    {
        var (records, heights, faults) = (new List<BlockRecord>(), new List<HeightEntry>(), new List<StoreFault>());
        foreach (var document in await Records().ToListAsync(cancellationToken).ConfigureAwait(false))
        {
            var filed = MongoDocuments.Hash(document["_id"]["hash"]);
            if (Record(document) is not { } record)
                faults.Add(new StoreFault(StoreFaultKind.RecordUnreadable, null, filed, "the record fails its checksum"));
            else if (filed != record.HeaderHash)
                faults.Add(
                    new StoreFault(StoreFaultKind.RecordUnreadable, record.Height, filed, "the record is filed under another hash"));
            else
                records.Add(record);
        }

        var entries = await _heights.Find(MongoDocuments.PresentHeights(_node)).Sort(new BsonDocument("_id.height", 1))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var entry in entries)
        {
            if (Entry(entry) is { } whole)
                heights.Add(whole);
            else
                faults.Add(new StoreFault(StoreFaultKind.HeightIndex, null, null, "an entry that is no height and hash"));
        }

        if (head.Tips.Contains(null))
            faults.Add(new StoreFault(StoreFaultKind.Tips, null, null, "an entry that is no hash"));
        return new ChainIndex(records, [.. head.Tips.OfType<Bytes32>()], heights, faults);
    }

    private IFindFluent<BsonDocument, BsonDocument> Records() =>
        _records.Find(MongoDocuments.PresentRecords(_node)).Sort(InOrder).Project(new BsonDocument("fields", 1));

    private async Task<HeightEntry?> Highest(CancellationToken cancellationToken) =>
        await _heights.Find(MongoDocuments.PresentHeights(_node)).Sort(new BsonDocument("_id.height", -1))
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false) is { } entry
            ? Entry(entry)
            : null;

    private static HeightEntry? Entry(BsonDocument entry) =>
        MongoDocuments.Integer(entry["_id"]["height"]) is { } height and >= 0 and <= uint.MaxValue
            && MongoDocuments.Hash(entry.GetValue("hash", BsonNull.Value)) is { } hash
            ? new HeightEntry((uint)height, hash)
            : null;

    private static BlockRecord? Record(BsonDocument document) =>
        MongoDocuments.Bytes(document.GetValue("fields", BsonNull.Value)) is { } fields ? RecordCodec.Decode(fields) : null;

    private Task<IReadOnlyList<byte[]?>> Bytes(
        IReadOnlyList<Bytes32> headerHashes, bool headerOnly, CancellationToken cancellationToken) =>
        Run<IReadOnlyList<byte[]?>>(async () =>
    {
        var found = new Dictionary<Bytes32, BsonDocument>();
        foreach (var some in headerHashes.Distinct().Chunk(LookedUpAtOnce))
        {
            var documents = await _blocks.Find(MongoDocuments.Among(_node, some, "number")).ToListAsync(cancellationToken)
                .ConfigureAwait(false);
            foreach (var document in documents)
                found[new Bytes32(document["_id"]["hash"].AsByteArray)] = document;
        }

        // A block is there if its record is.
        var stored = await Stored([.. headerHashes.Distinct()], cancellationToken).ConfigureAwait(false);
        return [
            .. headerHashes.Select(hash => stored.Contains(hash) ? Checked(hash, found.GetValueOrDefault(hash) ?? [], headerOnly) : null)];
    });

    private byte[] Checked(Bytes32 hash, BsonDocument block, bool headerOnly) =>
        BlockCodec.Checked(
            hash.ToArray(),
            MongoDocuments.Integer(block.GetValue("header_length", BsonNull.Value)),
            MongoDocuments.Integer(block.GetValue("checksum", BsonNull.Value)),
            MongoDocuments.Bytes(block.GetValue("bytes", BsonNull.Value)),
            headerOnly)
        ?? throw new StoreDamagedException(Location, $"block {hash} is missing or fails its checksum");

    private IFindFluent<BsonDocument, BsonDocument> FindRecord(Bytes32 headerHash) =>
        _records.Find(MongoDocuments.Among(_node, [headerHash], "at")).Project(new BsonDocument("fields", 1));

    /// <exception cref="StoreDamagedException">It is not the record of this block, as it was written.</exception>
    private BlockRecord? Sound(Bytes32 headerHash, BsonDocument? found) =>
        found is null ? null : Record(found) is { } record && record.HeaderHash == headerHash
            ? record
            : throw new StoreDamagedException(Location, $"the record of block {headerHash} fails its checksum");
}
