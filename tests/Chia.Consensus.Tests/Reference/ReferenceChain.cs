using System.Text.Json;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Consensus.Tests.Reference;

/// <summary>A chain of <c>tests/vectors/chains</c>.</summary>
internal sealed class ReferenceChain
{
    private static readonly Dictionary<string, ReferenceChain> Loaded = [];

    private ReferenceChain(string name)
    {
        Network = TestNetworks.Of(name);
        using var index = Vectors.Json("chains", name, "index.json");
        Blocks = Read(name, "blocks.bin", index.RootElement.GetProperty("blocks"));
        Fork = index.RootElement.TryGetProperty("fork", out var fork) ? Read(name, "fork.bin", fork) : [];
        Tips = [.. index.RootElement.GetProperty("tips").EnumerateArray().Select(tip => Hash(tip, "header_hash"))];
    }

    public NetworkDefinition Network { get; }

    /// <summary>Genesis first.</summary>
    public IReadOnlyList<ReferenceBlock> Blocks { get; }

    /// <summary>The branch, received after <see cref="Blocks"/>; empty if there is none.</summary>
    public IReadOnlyList<ReferenceBlock> Fork { get; }

    /// <summary>The reference's tips at the end.</summary>
    public IReadOnlyList<Bytes32> Tips { get; }

    public IEnumerable<ReferenceBlock> All => Blocks.Concat(Fork);

    public static ReferenceChain Of(string name)
    {
        lock (Loaded)
        {
            if (!Loaded.TryGetValue(name, out var chain))
                Loaded.Add(name, chain = new ReferenceChain(name));
            return chain;
        }
    }

    private static List<ReferenceBlock> Read(string name, string file, JsonElement entries)
    {
        var blocks = Vectors.Records("chains", name, file);
        Assert.Equal(entries.GetArrayLength(), blocks.Count);
        return [.. blocks.Zip(entries.EnumerateArray(), (bytes, entry) => new ReferenceBlock(
            StreamableExtensions.Decode<FullBlock>(bytes),
            ToRecord(entry),
            entry.TryGetProperty("receive_block_result", out var result) ? result.GetString() : null))];
    }

    private static BlockRecord ToRecord(JsonElement entry) =>
        new(
            Hash(entry, "header_hash"),
            Hash(entry, "prev_header_hash"),
            Hash(entry, "challenge_hash"),
            entry.GetProperty("height").GetUInt32(),
            entry.GetProperty("weight").GetUInt64(),
            entry.GetProperty("total_iters").GetUInt64(),
            entry.GetProperty("timestamp").GetUInt64(),
            entry.GetProperty("difficulty").GetUInt64(),
            entry.GetProperty("ips").GetUInt64(),
            Hash(entry, "quality"));

    private static Bytes32 Hash(JsonElement entry, string property) => Bytes32.FromHex(entry.GetProperty(property).GetString()!);
}

/// <summary>A block of a vector chain and what the reference says about it.</summary>
/// <param name="Block">The block.</param>
/// <param name="Record">Its record, put together from <c>index.json</c>.</param>
/// <param name="ReceiveResult">The reference's result of receiving it, where noted.</param>
internal sealed record ReferenceBlock(FullBlock Block, BlockRecord Record, string? ReceiveResult);
