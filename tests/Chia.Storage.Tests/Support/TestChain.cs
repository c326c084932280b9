using System.Text.Json;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Storage.Tests.Support;

/// <summary>A vector chain as the store takes it: real block bytes, records from the reference's index.</summary>
internal sealed class TestChain
{
    private static readonly Dictionary<string, TestChain> Loaded = [];

    private TestChain(string name)
    {
        Network = TestNetworks.Of(name);
        using var json = Vectors.Json("chains", name, "index.json");
        Blocks = Read(json.RootElement.GetProperty("blocks"), Vectors.Records("chains", name, "blocks.bin"));
        Fork = json.RootElement.TryGetProperty("fork", out var fork) ? Read(fork, Vectors.Records("chains", name, "fork.bin")) : [];
        Tips = [
            .. json.RootElement.GetProperty("tips").EnumerateArray()
            .Select(t => Bytes32.FromHex(t.GetProperty("header_hash").GetString()!))];
    }

    internal NetworkDefinition Network { get; }

    /// <summary>By height.</summary>
    internal List<StoredBlock> Blocks { get; }

    /// <summary>The branch, from its first own block.</summary>
    internal List<StoredBlock> Fork { get; }

    /// <summary>The reference's tips after both.</summary>
    internal List<Bytes32> Tips { get; }

    internal static TestChain Of(string name)
    {
        lock (Loaded)
        {
            if (!Loaded.TryGetValue(name, out var chain))
                Loaded.Add(name, chain = new TestChain(name));
            return chain;
        }
    }

    private static List<StoredBlock> Read(JsonElement index, List<byte[]> records)
    {
        var blocks = new List<StoredBlock>();
        foreach (var entry in index.EnumerateArray())
        {
            Bytes32 Hash(string name) => Bytes32.FromHex(entry.GetProperty(name).GetString()!);
            ulong Number(string name) => entry.GetProperty(name).GetUInt64();

            var record = new BlockRecord(
                Hash("header_hash"),
                Hash("prev_header_hash"),
                Hash("challenge_hash"),
                (uint)Number("height"),
                Number("weight"),
                Number("total_iters"),
                Number("timestamp"),
                Number("difficulty"),
                Number("ips"),
                Hash("quality"));
            blocks.Add(StoredBlock.Create(StreamableExtensions.Decode<FullBlock>(records[blocks.Count]), record));
        }

        return blocks;
    }
}
