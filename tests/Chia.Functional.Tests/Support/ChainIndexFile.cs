using System.Text.Json;
using Chia.Protocol.Blocks;
using Chia.Testing;

namespace Chia.Functional.Tests.Support;

/// <summary>What the reference recorded about a chain: its <c>index.json</c>.</summary>
internal sealed class ChainIndexFile : IDisposable
{
    private readonly JsonDocument _json;

    public ChainIndexFile(string chain) => _json = Vectors.Json("chains", chain, "index.json");

    /// <summary>The entries of the main chain, genesis first.</summary>
    public IReadOnlyList<JsonElement> Main => [.. _json.RootElement.GetProperty("blocks").EnumerateArray()];

    /// <summary>The entries of the fork.</summary>
    public IReadOnlyList<JsonElement> Fork => _json.RootElement.TryGetProperty("fork", out var fork) ? [.. fork.EnumerateArray()] : [];

    /// <summary>The tips at the end, as (height, header hash, weight).</summary>
    public IReadOnlyList<(uint Height, string HeaderHash, ulong Weight)> Tips =>
    [
        .. _json.RootElement.GetProperty("tips").EnumerateArray().Select(t =>
            (t.GetProperty("height").GetUInt32(), t.GetProperty("header_hash").GetString()!, t.GetProperty("weight").GetUInt64())),
    ];

    /// <summary>Compares what we hold of a block with what the reference noted.</summary>
    public static void AssertEqual(JsonElement entry, BlockRecord record, FullBlock block)
    {
        Assert.Equal(entry.GetProperty("height").GetUInt32(), record.Height);
        Assert.Equal(entry.GetProperty("header_hash").GetString(), record.HeaderHash.ToString());
        Assert.Equal(entry.GetProperty("prev_header_hash").GetString(), record.PrevHeaderHash.ToString());
        Assert.Equal(entry.GetProperty("challenge_hash").GetString(), record.ChallengeHash.ToString());
        Assert.Equal(entry.GetProperty("weight").GetUInt64(), record.TotalWeight);
        Assert.Equal(entry.GetProperty("total_iters").GetUInt64(), record.TotalIterations);
        Assert.Equal(entry.GetProperty("timestamp").GetUInt64(), record.Timestamp);
        Assert.Equal(entry.GetProperty("difficulty").GetUInt64(), record.Difficulty);
        Assert.Equal(entry.GetProperty("ips").GetUInt64(), record.IterationsPerSecond);
        Assert.Equal(entry.GetProperty("quality").GetString(), record.Quality.ToString());
        Assert.Equal(entry.GetProperty("number_of_iterations").GetUInt64(), block.HeaderBlock.ProofOfTime!.NumberOfIterations);
    }

    public void Dispose() => _json.Dispose();
}
