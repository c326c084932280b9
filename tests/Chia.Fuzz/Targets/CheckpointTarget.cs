using System.Security.Cryptography;
using Chia.Fuzz.Driver;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Sync.Checkpoints;

namespace Chia.Fuzz.Targets;

/// <summary>Checkpoints of a sync, damaged, and damaged under a checksum that fits: read as they were written, or refused for one
/// reason.</summary>
internal sealed class CheckpointTarget() : FuzzTarget("checkpoints")
{
    public override IReadOnlyList<byte[]> Corpus { get; } =
        [SyncCheckpointCodec.Encode(Sample(0, 3)), SyncCheckpointCodec.Encode(Sample(7, 20))];

    public override int ShortRun => 40_000;

    public override void Run(byte[] input)
    {
        Read(input);
        if (input.Length < SHA256.HashSizeInBytes)
            return;
        var body = input.AsSpan(0, input.Length - SHA256.HashSizeInBytes);
        Read([.. body, .. SHA256.HashData(body)]);
    }

    private static void Read(byte[] input)
    {
        var error = SyncCheckpointCodec.TryDecode(input, out var value);
        Promise.That(error == SyncCheckpointError.None == value is not null, "a checkpoint exactly if nothing is wrong");
        if (value is not null)
            Promise.That(SyncCheckpointCodec.Encode(value).AsSpan().SequenceEqual(input), "one encoding");
    }

    private static SyncCheckpoint Sample(uint fork, int records)
    {
        Bytes32[] hashes = [.. Enumerable.Range(0, 30).Select(i => new Bytes32(SHA256.HashData([(byte)i])))];
        return new SyncCheckpoint(
            hashes[^1],
            fork + (uint)hashes.Length - 1,
            5000,
            fork,
            hashes[7],
            hashes,
            [
                .. Enumerable.Range(1, records).Select(i => new BlockRecord(
                    hashes[i], hashes[i - 1], hashes[0], fork + (uint)i, 100 + (ulong)i, 1000 * (ulong)i, 1_575_000_000, 10, 500,
                    hashes[1])),
            ]);
    }
}
