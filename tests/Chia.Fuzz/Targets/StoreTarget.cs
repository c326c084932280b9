using Chia.Fuzz.Driver;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Storage;
using Chia.Storage.Errors;
using Chia.Storage.Maintenance;
using Chia.Storage.Sqlite;
using Chia.Testing;

namespace Chia.Fuzz.Targets;

/// <summary>Damaged databases: verified whatever was done to them, and sound after going back to the height that is named.</summary>
internal sealed class StoreTarget : FuzzTarget
{
    private const string Chain = "small40";

    private readonly TempFolder _folder = new();
    private readonly NetworkDefinition _network = TestNetworks.Of(Chain);
    private readonly byte[] _good;
    private int _number;

    public StoreTarget()
        : base("stores")
    {
        var path = _folder.File("good.sqlite");
        Fill(path).GetAwaiter().GetResult();
        _good = File.ReadAllBytes(path);
    }

    public override IReadOnlyList<byte[]> Corpus => Patches.Corpus;

    public override int ShortRun => 60;

    /// <summary>The store's own threads do the work.</summary>
    public override long AllocationBase => 0;

    public override TimeSpan MaxTime => TimeSpan.FromSeconds(20);

    public override void Run(byte[] input)
    {
        var path = _folder.File($"{_number++}.sqlite");
        File.WriteAllBytes(path, Patches.Apply(_good, input));
        try
        {
            Survive(path).GetAwaiter().GetResult();
        }
        finally
        {
            foreach (var file in Directory.EnumerateFiles(_folder.Path, Path.GetFileName(path) + "*"))
                File.Delete(file);
        }
    }

    public override void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
    }

    /// <summary>A report without an exception; a rewind to the height that it names; a sound store of that height then.</summary>
    private async Task Survive(string path)
    {
        await OpenAsNode(path).ConfigureAwait(false);
        var report = await Verify(path).ConfigureAwait(false);
        if (report.LastGoodHeight is not { } height)
            return;
        await SqliteRewind.Rewind(Options(path), height, numberOfHeads: 3).ConfigureAwait(false);
        var after = await Verify(path).ConfigureAwait(false);
        Promise.That(
            after.IsSound
            && after.Height == height, $"going back to height {height} leaves a sound store, not: {string.Join("; ", after.Faults)}");
    }

    private async Task<VerifyReport> Verify(string path)
    {
        await using var reader = SqliteBlockStore.OpenDamaged(Options(path));
        return await StoreVerifier.Verify(reader).ConfigureAwait(false);
    }

    /// <summary>What a node and <c>chia show</c> read, in a copy: an answer, or a refusal by name.</summary>
    private async Task OpenAsNode(string path)
    {
        var copy = path + ".copy";
        File.Copy(path, copy);
        try
        {
            await using var store = await SqliteBlockStore.Open(Options(copy)).ConfigureAwait(false);
            await store.GetSummary().ConfigureAwait(false);
            await store.ReadRecords(_ => { }).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // A refusal by name.
        }
    }

    private async Task Fill(string path)
    {
        await using var store = await SqliteBlockStore.Open(Options(path)).ConfigureAwait(false);
        var blocks = Blocks().ToList();
        var commit = new ChainCommit
        {
            BlocksAdded = blocks,
            Tips = [blocks[^1].Record.HeaderHash],
            HeightsSet = [.. blocks.Select(b => new HeightEntry(b.Record.Height, b.Record.HeaderHash))],
        };
        await store.Commit(await store.TakeWriter().ConfigureAwait(false), commit).ConfigureAwait(false);
    }

    private SqliteStoreOptions Options(string path) => new() { Path = path, Identity = StoreIdentity.Of(_network) };

    private static IEnumerable<StoredBlock> Blocks()
    {
        using var json = Vectors.Json("chains", Chain, "index.json");
        var index = json.RootElement.GetProperty("blocks").EnumerateArray().ToList();
        foreach (var (entry, bytes) in index.Zip(Vectors.Records("chains", Chain, "blocks.bin")))
        {
            Bytes32 Hash(string name) => Bytes32.FromHex(entry.GetProperty(name).GetString()!);
            ulong Number(string name) => entry.GetProperty(name).GetUInt64();
            yield return StoredBlock.Create(StreamableExtensions.Decode<FullBlock>(bytes), new BlockRecord(
                Hash("header_hash"), Hash("prev_header_hash"), Hash("challenge_hash"), (uint)Number("height"), Number("weight"),
                Number("total_iters"),
                Number("timestamp"), Number("difficulty"), Number("ips"), Hash("quality")));
        }
    }
}
