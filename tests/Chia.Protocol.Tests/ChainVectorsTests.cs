using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Protocol.Tests;

public class ChainVectorsTests
{
    public static TheoryData<string, string> Files => new()
    {
        { "real300", "blocks.bin" }, { "real300", "fork.bin" }, { "real40bt", "blocks.bin" }, { "fast1024", "blocks.bin" },
        { "long1500", "blocks.bin" }, { "small40", "blocks.bin" }, { "small40", "fork.bin" },
    };

    [Theory, MemberData(nameof(Files))]
    public void Every_block_round_trips(string chain, string file)
    {
        foreach (var record in Vectors.Records("chains", chain, file))
            Assert.Equal(record, StreamableExtensions.Decode<FullBlock>(record).ToBytes());
    }

    [Fact]
    public void Header_hashes_and_challenge_hashes_are_the_references()
    {
        var blocks = Vectors.Records("chains", "real300", "blocks.bin").Select(r => StreamableExtensions.Decode<FullBlock>(r)).ToList();
        using var index = Vectors.Json("chains", "real300", "index.json");
        var entries = index.RootElement.GetProperty("blocks").EnumerateArray().ToList();
        Assert.Equal(entries.Count, blocks.Count);
        foreach (var (block, entry) in blocks.Zip(entries))
        {
            Assert.Equal(entry.GetProperty("header_hash").GetString(), block.HeaderHash().ToString());
            Assert.Equal(entry.GetProperty("challenge_hash").GetString(), block.HeaderBlock.Challenge!.Sha256().ToString());
        }
    }
}
