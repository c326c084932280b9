using System.Buffers.Binary;
using Chia.Protocol.Primitives;
using Chia.Storage.Codec;
using Chia.Storage.Maintenance;
using MongoDB.Bson;

namespace Chia.Storage.MongoDB;

/// <summary>
/// Every document, filter and update that is sent, made of values alone: what a server would be told can be read, and tested, without one.
/// </summary>
internal static class MongoDocuments
{
    /// <summary>Sequence numbers of one epoch: commits are numbered by epoch, then by sequence, so that a later writer's are always
    /// greater.</summary>
    private const int SequenceBits = 32;

    /// <summary>Heights or hashes in one staged document: 50 kB, far from the 16 MB that a document may have.</summary>
    private const int Chunk = 1000;

    /// <summary>The number of a commit.</summary>
    internal static long Number(WriterToken writer, uint sequence) => checked((writer.Epoch * (1L << SequenceBits)) + sequence);

    internal static BsonBinaryData Binary(Bytes32 hash) => new(hash.ToArray());

    /// <summary>A node as the documents spell it.</summary>
    internal static BsonString Text(NodeName node) => new(node.ToString());

    /// <summary>The head of a node.</summary>
    internal static BsonDocument OfHead(NodeName node) => new("_id", Text(node));

    /// <summary>Everything that a node has in a collection.</summary>
    internal static BsonDocument OfNode(NodeName node) => new("_id.node", Text(node));

    internal static BsonDocument Id(NodeName node, Bytes32 headerHash) => new() { { "node", Text(node) }, { "hash", Binary(headerHash) } };

    internal static BsonDocument HeightId(NodeName node, uint height) => new() { { "node", Text(node) }, { "height", (long)height } };

    internal static BsonDocument SyncId(NodeName node, uint height, Bytes32 headerHash) =>
        new() { { "node", Text(node) }, { "height", (long)height }, { "hash", Binary(headerHash) } };

    /// <summary>A new node's head: nobody has written yet.</summary>
    internal static BsonDocument NewHead(StoreIdentity identity) => new("$setOnInsert", new BsonDocument
    {
        { "network_id", identity.NetworkId },
        { "genesis_hash", Binary(identity.GenesisHash) },
        { "epoch", 0L },
        { "number", 0L },
        { "applied", 0L },
        { "tips", new BsonArray() },
        { "checkpoints", new BsonArray() },
        { "target", BsonNull.Value },
    });

    /// <summary>The head, if this writer is the one in force: the fence (CLUSTER 3).</summary>
    internal static BsonDocument Fence(NodeName node, WriterToken writer) => new() { { "_id", Text(node) }, { "epoch", writer.Epoch } };

    /// <summary>As <see cref="Fence"/>, on top of a certain commit: one that was given up must not happen after those behind it.</summary>
    internal static BsonDocument CommitFence(NodeName node, WriterToken writer, long before) => Fence(node, writer).Add("number", before);

    /// <summary>The commit itself: number, tips and checkpoints of the head at once.</summary>
    /// <param name="number">The commit's number.</param>
    /// <param name="commit">What it brings.</param>
    /// <param name="checkpoints">The checkpoints as they are before it.</param>
    internal static BsonDocument CommitUpdate(long number, ChainCommit commit, IReadOnlyDictionary<string, byte[]> checkpoints) =>
        new("$set", new BsonDocument
    {
        { "number", number },
        { "tips", new BsonArray(commit.Tips.Select(Binary)) },
        { "checkpoints", Checkpoints(checkpoints, commit.Checkpoints) },
    });

    /// <summary>Names may hold anything, so they are values and not fields.</summary>
    internal static BsonArray Checkpoints(IReadOnlyDictionary<string, byte[]> before, IReadOnlyDictionary<string, byte[]?> changes)
    {
        var after = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (name, value) in before)
            after[name] = value;
        foreach (var (name, value) in changes)
        {
            if (value is null)
                after.Remove(name);
            else
                after[name] = value;
        }

        return [.. after.Select(c => new BsonDocument { { "name", c.Key }, { "value", new BsonBinaryData(c.Value) } })];
    }

    /// <summary>What a commit brings, in documents that nobody looks at before the head says that it happened.</summary>
    internal static IReadOnlyList<BsonDocument> Stage(NodeName node, long number, ChainCommit commit)
    {
        var staged = new List<BsonDocument>();
        void Add(string kind, BsonValue value) => staged.Add(new BsonDocument
        {
            { "_id", new BsonDocument { { "node", Text(node) }, { "number", number }, { "place", staged.Count } } },
            { kind, value },
        });

        foreach (var hashes in commit.BlocksRemoved.Chunk(Chunk))
            Add("blocks_removed", new BsonArray(hashes.Select(Binary)));
        foreach (var block in commit.BlocksAdded)
            Add("block", Block(block));
        foreach (var heights in commit.HeightsRemoved.Chunk(Chunk))
            Add("heights_removed", new BsonArray(heights.Select(h => (long)h)));
        foreach (var entries in commit.HeightsSet.Chunk(Chunk))
            Add("heights_set",
                new BsonArray(entries.Select(e => new BsonDocument { { "height", (long)e.Height }, { "hash", Binary(e.HeaderHash) } })));
        return staged;
    }

    /// <summary>A block as it is staged and stored.</summary>
    internal static BsonDocument Block(StoredBlock block)
    {
        var hash = block.Record.HeaderHash.ToArray();
        return new BsonDocument
        {
            { "hash", new BsonBinaryData(hash) },
            { "height", (long)block.Record.Height },
            { "fields", new BsonBinaryData(RecordCodec.Encode(block.Record)) },
            { "header_length", (long)block.HeaderLength },
            { "checksum", (long)BlockCodec.Checksum(hash, block.Bytes) },
            { "bytes", new BsonBinaryData(block.Bytes) },
        };
    }

    /// <summary>
    /// A document that no later commit has written: whoever rolls an old commit in once more, be it a writer that was frozen meanwhile,
    /// changes nothing. Where a later one has, an upsert finds nothing and fails on the id that is there.
    /// </summary>
    internal static BsonDocument NotLater(BsonDocument id, long number) =>
        new() { { "_id", id }, { "number", new BsonDocument("$not", new BsonDocument("$gt", number)) } };

    /// <summary>Puts a staged block's record in; one that is there keeps its place in the order, since its children come after
    /// it.</summary>
    internal static BsonDocument[] PutRecord(BsonDocument block, long number, int place) =>
    [
        new("$set", new BsonDocument
        {
            { "number", number },
            { "at", new BsonDocument("$ifNull", new BsonArray { "$at", number }) },
            { "place", new BsonDocument("$ifNull", new BsonArray { "$place", place }) },
            { "fields", block["fields"] },
        }),
    ];

    /// <summary>Puts a staged block's bytes in.</summary>
    internal static BsonDocument[] PutBlock(BsonDocument block, long number) =>
    [
        new("$set", new BsonDocument
        {
            { "number", number },
            { "header_length", block["header_length"] },
            { "checksum", block["checksum"] },
            { "bytes", block["bytes"] },
        }),
    ];

    /// <summary>Takes a record out; its number stays, so that an old commit does not bring it back.</summary>
    internal static BsonDocument[] RemoveRecord(long number) =>
        [new("$set", new BsonDocument("number", number)), new("$unset", new BsonArray { "at", "place", "fields" })];

    /// <summary>Takes a block's bytes out.</summary>
    internal static BsonDocument[] RemoveBlock(long number) =>
        [new("$set", new BsonDocument("number", number)), new("$unset", new BsonArray { "header_length", "checksum", "bytes" })];

    /// <summary>Sets an entry of the height table; null takes it out, and its number stays.</summary>
    internal static BsonDocument[] PutHeight(long number, BsonValue? hash) => hash is null
        ? [new("$set", new BsonDocument("number", number)), new("$unset", "hash")]
        : [new("$set", new BsonDocument { { "number", number }, { "hash", hash } })];

    /// <summary>A node's records that are there: by an index, in their order.</summary>
    internal static BsonDocument PresentRecords(NodeName node) => OfNode(node).Add("at", new BsonDocument("$gt", 0L));

    /// <summary>A node's heights that are there: by an index, in their order.</summary>
    internal static BsonDocument PresentHeights(NodeName node) =>
        new() { { "_id.node", Text(node) }, { "hash", new BsonDocument("$gt", new BsonBinaryData([])) } };

    /// <summary>Documents of some hashes that have a field: what was taken out has lost it.</summary>
    internal static BsonDocument Among(NodeName node, IEnumerable<Bytes32> hashes, string field) => new()
    {
        { "_id", new BsonDocument("$in", new BsonArray(hashes.Select(hash => Id(node, hash)))) },
        { field, new BsonDocument("$exists", true) },
    };

    /// <summary>
    /// What was staged and never committed, or is rolled in: all but what the head's commit may still need. Nothing of a later number: a
    /// writer that was frozen must not sweep its successor's.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="kept">The head's commit.</param>
    /// <param name="below">Numbers from here on stay.</param>
    internal static BsonDocument Swept(NodeName node, long kept, long below) =>
        new() { { "_id.node", Text(node) }, { "_id.number", new BsonDocument { { "$ne", kept }, { "$lt", below } } } };

    internal static BsonDocument Target(SyncTarget target)
    {
        var weight = new byte[sizeof(ulong)]; // Numbers of MongoDB are signed.
        BinaryPrimitives.WriteUInt64BigEndian(weight, target.Weight);
        return new BsonDocument { { "hash", Binary(target.HeaderHash) }, { "height", (long)target.Height },
            { "weight", new BsonBinaryData(weight) } };
    }

    /// <summary>The target; null if there is none that can be read: a sync then begins anew.</summary>
    internal static SyncTarget? ReadTarget(BsonValue value) =>
        value is BsonDocument target
        && Hash(target.GetValue("hash", BsonNull.Value)) is { } hash
        && target.GetValue("height", BsonNull.Value) is BsonInt64 { Value: >= 0 and <= uint.MaxValue } height
        && Bytes(target.GetValue("weight", BsonNull.Value)) is { Length: sizeof(ulong) } weight
            ? new SyncTarget(hash, (uint)height.Value, BinaryPrimitives.ReadUInt64BigEndian(weight))
            : null;

    /// <summary>Complains of a head's target that is there and cannot be read: a sync that was under way would begin anew.</summary>
    internal static void CheckTarget(BsonDocument? head, MediumComplaints complaints)
    {
        var target = head?.GetValue("target", BsonNull.Value) ?? BsonNull.Value;
        if (!target.IsBsonNull && ReadTarget(target) is null)
            complaints.Add(MediumComplaints.SyncTarget);
    }

    /// <summary>The bytes; null if it is something else.</summary>
    internal static byte[]? Bytes(BsonValue value) => value is BsonBinaryData binary ? binary.Bytes : null;

    /// <summary>The hash; null if it is something else.</summary>
    internal static Bytes32? Hash(BsonValue value) => Bytes(value) is { Length: Bytes32.Size } bytes ? new Bytes32(bytes) : null;

    /// <summary>The number; null if it is something else.</summary>
    internal static long? Integer(BsonValue value) =>
        value switch { BsonInt64 wide => wide.Value, BsonInt32 narrow => narrow.Value, _ => null };
}
