using Chia.Sync.Checkpoints;
using Chia.Testing;

namespace Chia.Sync.Tests.Checkpoints;

public class SyncCheckpointCodecTests
{
    [Theory]
    [InlineData(0u, 0)]
    [InlineData(10u, 7)]
    [InlineData(10u, 49)]
    public void A_checkpoint_round_trips(uint fork, int records)
    {
        var value = Sample(fork, records);
        Assert.Equal(SyncCheckpointError.None, SyncCheckpointCodec.TryDecode(SyncCheckpointCodec.Encode(value), out var read));
        Assert.Equal(value with { Hashes = [], Records = [] }, read! with { Hashes = [], Records = [] });
        Assert.Equal(value.Hashes, read.Hashes);
        Assert.Equal(value.Records, read.Records);
    }

    [Fact]
    public void Every_truncation_and_every_flipped_byte_is_noticed()
    {
        var bytes = SyncCheckpointCodec.Encode(Sample(50, 3));
        for (var length = 0; length < bytes.Length; length++)
            Assert.NotEqual(SyncCheckpointError.None, SyncCheckpointCodec.TryDecode(bytes.AsSpan(0, length), out _));
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= 0x10;
            Assert.Equal(i == 0 ? SyncCheckpointError.Version
                : SyncCheckpointError.Checksum, SyncCheckpointCodec.TryDecode(damaged, out var read));
            Assert.Null(read);
        }
    }

    [Fact]
    public void Values_that_contradict_each_other_are_refused_though_the_checksum_fits()
    {
        var value = Sample(50, 3);
        Assert.Equal(SyncCheckpointError.Inconsistent,
            SyncCheckpointCodec.TryDecode(SyncCheckpointCodec.Encode(value with { Height = value.Height + 1 }), out _));
        Assert.Equal(SyncCheckpointError.Inconsistent,
            SyncCheckpointCodec.TryDecode(SyncCheckpointCodec.Encode(value with { Target = value.Hashes[0] }), out _));
        Assert.Equal(SyncCheckpointError.Inconsistent, SyncCheckpointCodec.TryDecode(SyncCheckpointCodec.Encode(Sample(58, 3)), out _));
    }

    private static SyncCheckpoint Sample(uint fork, int records)
    {
        var chain = VectorChain.Load("fast1024");
        var first = (int)fork + 1;
        return new SyncCheckpoint(
            chain.TipHash,
            chain.Height,
            chain.Tip.Weight,
            fork,
            chain.Hashes[7],
            chain.Hashes[(int)fork..],
            [.. Enumerable.Range(0, records).Select(i => Math.Min(first + i,
                (int)chain.Height)).Select(h => VectorChain.Record(chain.Blocks[h], chain.Hashes[h]))]);
    }
}
