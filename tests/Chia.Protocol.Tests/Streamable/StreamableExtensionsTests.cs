using System.Security.Cryptography;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Protocol.Tests.Streamable;

public class StreamableExtensionsTests
{
    [Fact]
    public void What_is_written_after_something_longer_is_itself_alone()
    {
        var records = Vectors.Records("chains", "real300", "blocks.bin").Take(3).ToList();
        foreach (var record in records)
        {
            var block = StreamableExtensions.Decode<FullBlock>(record);
            Assert.Equal(record, block.ToBytes());
            var challenge = block.HeaderBlock.Challenge!.ToBytes();
            Assert.Equal(new Bytes32(SHA256.HashData(record)), block.Sha256());
            Assert.Equal(new Bytes32(SHA256.HashData(challenge)), block.HeaderBlock.Challenge!.Sha256());
            Assert.Equal(challenge, block.HeaderBlock.Challenge!.ToBytes());
        }
    }

    [Fact]
    public void Structures_are_hashed_for_nothing_but_their_hash()
    {
        var block = StreamableExtensions.Decode<FullBlock>(Vectors.Records("chains", "real300", "blocks.bin")[0]);
        var challenge = block.HeaderBlock.Challenge!;
        challenge.Sha256();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            challenge.Sha256();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 1000);
    }
}
