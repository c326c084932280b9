using System.Globalization;
using Chia.Storage;
using Chia.Storage.Files;
using Chia.Storage.Maintenance;
using Chia.Storage.Sqlite;
using Chia.Storage.Tests.Support;

// Arguments "lines", a file, a word, a number: adds so many lines to the file, each in a change of its own.
if (args[0] == "lines")
{
    for (var i = 0; i < int.Parse(args[3], CultureInfo.InvariantCulture); i++)
        SharedFile.Change(args[1], text => $"{text}{args[2]}{i}\n");
    return;
}

// Arguments "hold", a file: holds its lock, says so, until its input ends.
if (args[0] == "hold")
{
    using var held = FileLock.Take(args[1], TimeSpan.Zero);
    Console.WriteLine("held");
    Console.In.ReadToEnd();
    return;
}

// Arguments: the database, a chain of the vectors, a seed. Goes on where the store ends, in commits of one to four blocks,
// and prints "height hash" once each is acknowledged. Whoever reads that line may rely on the blocks being there.
var chain = TestChain.Of(args[1]);
var random = new Random(int.Parse(args[2], CultureInfo.InvariantCulture));
await using var store = await SqliteBlockStore.Open(new SqliteStoreOptions { Path = args[0], Identity = StoreIdentity.Of(chain.Network) });
var writer = await store.TakeWriter();
var stored = (await store.LoadIndex()).Records.Count;
var model = new ChainModel();
model.Receive(chain.Blocks.Take(stored));

while (stored < chain.Blocks.Count)
{
    var batch = chain.Blocks.Skip(stored).Take(random.Next(1, 5)).ToList();
    stored += batch.Count;
    var last = batch[^1].Record;

    // As a sync does: first kept aside, then committed with its checkpoint.
    await store.PutSyncBlocks(writer, [.. batch.Select(b => new SyncBlock(b.Record.Height, b.Record.HeaderHash, b.Bytes))]);
    var commit = model.Receive(batch) with { Checkpoints = new Dictionary<string, byte[]?> { ["last"] = last.HeaderHash.ToArray() } };
    await store.Commit(writer, commit);
    Console.WriteLine($"{last.Height} {last.HeaderHash}");
}
