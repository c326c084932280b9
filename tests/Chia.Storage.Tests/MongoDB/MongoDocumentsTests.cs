using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Storage.Codec;
using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Chia.Storage.MongoDB;
using Chia.Storage.Providers;
using Chia.Storage.Tests.Support;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;

namespace Chia.Storage.Tests.MongoDB;

/// <summary>What a MongoDB server is told, read without one: documents, filters and updates are made of values alone.</summary>
public sealed class MongoDocumentsTests
{
    private static readonly NodeName Node = NodeName.Parse("node");

    private static readonly Bytes32 First = TestChain.Of("small40").Blocks[0].Record.HeaderHash;

    [Fact]
    public void Numbers_of_a_later_writer_are_greater_than_all_of_an_earlier()
    {
        Assert.Throws<OverflowException>(() => MongoDocuments.Number(new WriterToken(1L << 31), 0));
        Assert.True(MongoDocuments.Number(new WriterToken(2), 0) > MongoDocuments.Number(new WriterToken(1), uint.MaxValue));
    }

    /// <summary>Left alone the driver waits for ever: for a majority that is gone, for a server that is frozen.</summary>
    [Fact]
    public void Everything_that_waits_for_a_server_is_bounded_unless_the_address_says_how()
    {
        var settings = MongoBlockStores.SettingsOf(new MongoUrl("mongodb://192.0.2.1/chia"));
        Assert.InRange(settings.ServerSelectionTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
        Assert.InRange(settings.SocketTimeout, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2));
        var said = MongoBlockStores.SettingsOf(
            new MongoUrl("mongodb://192.0.2.1/chia?serverSelectionTimeoutMS=3000&socketTimeoutMS=4000"));
        Assert.Equal((3, 4), (said.ServerSelectionTimeout.TotalSeconds, said.SocketTimeout.TotalSeconds));

        using var client = new MongoClient(settings);
        var concern = MongoBlockStore.Durable(client, "chia").Settings.WriteConcern;
        Assert.Equal("majority", concern.W.ToString());
        Assert.True(concern.Journal);
        Assert.InRange(concern.WTimeout!.Value, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));
    }

    /// <summary>As the other stores do.</summary>
    [Fact]
    public void A_sync_target_that_cannot_be_read_is_complained_of_and_one_that_is_not_there_is_none()
    {
        var head = new BsonDocument("target", MongoDocuments.Target(new SyncTarget(First, 7, 9)));

        Assert.Empty(Complaints(head));
        Assert.Empty(Complaints(new BsonDocument("target", BsonNull.Value)));
        Assert.Empty(Complaints([]));
        Assert.Empty(Complaints(null)); // No head: it is what opening complains of.
        head["target"]["weight"] = new BsonBinaryData([1]);
        Assert.Equal([MediumComplaints.SyncTarget], Complaints(head));
        Assert.Equal([MediumComplaints.SyncTarget], Complaints(new BsonDocument("target", 5)));

        static IReadOnlyList<string> Complaints(BsonDocument? head)
        {
            var complaints = new MediumComplaints();
            MongoDocuments.CheckTarget(head, complaints);
            return complaints.Report().Complaints;
        }
    }

    [Fact]
    public void The_commit_is_one_change_of_the_head_matched_by_the_epoch()
    {
        var commit =
            new ChainCommit { Tips = [First], Checkpoints = new Dictionary<string, byte[]?> { ["gone"] = null, ["new.$x"] = [7] } };
        var before = new Dictionary<string, byte[]> { ["gone"] = [1], ["kept"] = [2] };

        Assert.Equal(BsonDocument.Parse("""{ "_id" : "node", "epoch" : { "$numberLong" : "3" } }"""), MongoDocuments.Fence(Node, new WriterToken(3)));
        Assert.Equal(8L, MongoDocuments.CommitFence(Node, new WriterToken(3), 8)["number"].AsInt64);
        var set = MongoDocuments.CommitUpdate(9, commit, before)["$set"].AsBsonDocument;
        Assert.Equal(["number", "tips", "checkpoints"], set.Names);
        Assert.Equal(9L, set["number"].AsInt64);
        Assert.Equal(First.ToArray(), set["tips"][0].AsByteArray);
        Assert.Equal(["kept", "new.$x"], set["checkpoints"].AsBsonArray.Select(c => c["name"].AsString));
    }

    [Fact]
    public void What_is_staged_is_the_whole_commit_in_its_order_and_in_documents_that_are_small_enough()
    {
        var blocks = TestChain.Of("small40").Blocks;
        var staged = MongoDocuments.Stage(Node, 5, new ChainCommit
        {
            BlocksRemoved = [First],
            BlocksAdded = [blocks[1], blocks[2]],
            HeightsRemoved = [9],
            HeightsSet = [.. Enumerable.Range(0, 2_500).Select(h => new HeightEntry((uint)h, First))],
            Tips = [First],
        });

        Assert.Equal(
            ["blocks_removed", "block", "block", "heights_removed", "heights_set", "heights_set", "heights_set"],
            staged.Select(d => d.ElementAt(1).Name));
        Assert.Equal(Enumerable.Range(0, staged.Count), staged.Select(d => d["_id"]["place"].AsInt32));
        Assert.All(staged, d => Assert.True(d["_id"]["number"] == 5 && d["_id"]["node"] == "node" && d.ToBson().Length < 1_000_000));
        Assert.Equal(2_500, staged.Where(d => d.Contains("heights_set")).Sum(d => d["heights_set"].AsBsonArray.Count));

        var block = staged[1]["block"].AsBsonDocument;
        Assert.Equal(blocks[1].Record, RecordCodec.Decode(block["fields"].AsByteArray));
        Assert.Equal(
            blocks[1].Bytes,
            BlockCodec.Checked(
            block["hash"].AsByteArray, block["header_length"].AsInt64, block["checksum"].AsInt64, block["bytes"].AsByteArray,
            headerOnly: false));
    }

    [Fact]
    public void Rolling_in_is_guarded_by_the_number_and_keeps_a_blocks_place()
    {
        var id = MongoDocuments.Id(Node, First);
        var guard = MongoDocuments.NotLater(id, 5);
        Assert.Equal(id, guard["_id"]);
        Assert.Equal(new BsonDocument("$not", new BsonDocument("$gt", 5L)), guard["number"]);

        var put = MongoDocuments.PutRecord(MongoDocuments.Block(TestChain.Of("small40").Blocks[3]), 5, 2);
        Assert.Equal(new BsonDocument("$ifNull", new BsonArray { "$at", 5L }), put[0]["$set"]["at"]);
        Assert.Equal(new BsonDocument("$ifNull", new BsonArray { "$place", 2 }), put[0]["$set"]["place"]);
        Assert.Equal(5L, MongoDocuments.RemoveRecord(5)[0]["$set"]["number"].AsInt64);

        // What was taken out has none of the fields by which it would be found.
        var removed = MongoDocuments.RemoveRecord(5)[1]["$unset"].AsBsonArray.Select(v => v.AsString);
        Assert.Equal(put[0]["$set"].AsBsonDocument.Names.Except(["number"]).Order(), removed.Order());
        Assert.Contains("at", MongoDocuments.PresentRecords(Node).Names);
        Assert.Equal("hash", MongoDocuments.PutHeight(5, null)[1]["$unset"].AsString);
        Assert.Contains("hash", MongoDocuments.PresentHeights(Node).Names);
    }

    [Fact]
    public void A_writer_that_was_frozen_sweeps_nothing_of_its_successors()
    {
        var swept = MongoDocuments.Swept(Node, 4, 6)["_id.number"].AsBsonDocument;

        Assert.Equal(4L, swept["$ne"].AsInt64);
        Assert.Equal(6L, swept["$lt"].AsInt64);
    }

    [Fact]
    public void Writes_keep_their_order_where_a_document_is_met_twice()
    {
        WriteModel<BsonDocument> Write(int height) =>
            new UpdateOneModel<BsonDocument>(
            MongoDocuments.NotLater(MongoDocuments.HeightId(Node, (uint)height), 1), new BsonDocument("$set", new BsonDocument()));

        var runs = MongoRuns.Of([Write(1), Write(2), Write(1), Write(3), Write(3)]).Select(run => run.Count);

        Assert.Equal([2, 2, 1], runs);
    }

    [Fact]
    public void A_head_is_read_as_it_was_made_and_a_damaged_one_is_named()
    {
        var identity = StoreIdentity.Of(TestChain.Of("small40").Network);
        var made = MongoDocuments.NewHead(identity)["$setOnInsert"].AsBsonDocument;
        made["target"] = MongoDocuments.Target(new SyncTarget(First, 7, ulong.MaxValue));
        var head = MongoHead.Read(BsonSerializer.Deserialize<BsonDocument>(made.ToBson()), "here");

        Assert.Equal(identity, head.Identity);
        Assert.Equal((0L, 0L, 0L), (head.Epoch, head.Number, head.Applied));
        Assert.Equal(new SyncTarget(First, 7, ulong.MaxValue), head.Target);
        foreach (var name in new[] { "network_id", "genesis_hash", "epoch", "number", "applied" })
        {
            foreach (var value in new BsonValue[] { BsonNull.Value, "text", new BsonBinaryData([1]) })
            {
                if (name == "network_id" && value.IsString)
                    continue;
                var damaged = new BsonDocument(made) { [name] = value };
                Assert.Throws<StoreDamagedException>(() => MongoHead.Read(damaged, "here"));
            }
        }

        Assert.Null(MongoHead.Read(new BsonDocument(made) { ["target"] = 5 }, "here").Target);
    }

    [Theory]
    [InlineData("mongodb://localhost:27017/chia", BlockStoreKind.MongoDb)]
    [InlineData("mongodb+srv://cluster.example.org/chia", BlockStoreKind.MongoDb)]
    [InlineData("postgresql://chia@localhost/blocks", BlockStoreKind.Postgres)]
    [InlineData("Host=db;Database=blocks", BlockStoreKind.Postgres)]
    [InlineData("host = db ; Port=5", BlockStoreKind.Postgres)]
    [InlineData("/var/lib/chia/blocks.db", BlockStoreKind.Sqlite)]
    [InlineData("hosts=/a.db", BlockStoreKind.Sqlite)]
    [InlineData("blocks.db", BlockStoreKind.Sqlite)]
    public void An_address_tells_its_provider(string address, BlockStoreKind kind) => Assert.Equal(kind, BlockStorePlace.KindOf(address));

    [Fact]
    public async Task An_address_keeps_its_password_to_itself()
    {
        await using var mongo = BlockStorePlace.At("mongodb://chia:secret@db.example.org:27018,other:27017/blocks");
        Assert.Equal("mongodb://db.example.org:27018,other:27017/blocks", mongo.Location);
        await using var postgres = BlockStorePlace.At("postgresql://chia:sec%20ret@[::1]:5433/blocks?sslmode=require&connect_timeout=3");
        Assert.Equal("postgresql://::1:5433/blocks", postgres.Location);
        Assert.DoesNotContain(
            "secret",
            Assert.Throws<StoreUnavailableException>(() => BlockStorePlace.At("postgresql://u:secret@host/db?nonsense=1")).Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            "secret", Assert.Throws<StoreUnavailableException>(() => BlockStorePlace.At("mongodb://u:secret@/")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        await using var place = BlockStorePlace.At("mongodb://127.0.0.1:1/x?serverSelectionTimeoutMS=50&connectTimeoutMS=50");

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => place.Prepare(TestContext.Current.CancellationToken));

        Assert.Contains("mongodb://127.0.0.1:1/x", error.Message, StringComparison.Ordinal);
    }
}
