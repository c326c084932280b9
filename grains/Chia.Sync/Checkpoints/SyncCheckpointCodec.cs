using System.Security.Cryptography;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Sync.Checkpoints;

/// <summary>
/// A checkpoint as bytes: version, target, height, weight, fork height, digest, hashes, records, SHA-256 over all before. Integers
/// big-endian. A record holds only what hashes and position do not tell: 104 bytes.
/// </summary>
public static class SyncCheckpointCodec
{
    private const byte Version = 1;
    private const int FixedSize = 1 + 32 + 4 + 8 + 4 + 32 + 4 + 4 + ChecksumSize;
    private const int ChecksumSize = 32;
    private const int RecordSize = Bytes32.Size + BlockRecordFields.Size;

    /// <summary>The bytes of a checkpoint.</summary>
    public static byte[] Encode(SyncCheckpoint value)
    {
        var writer = new StreamableWriter(FixedSize + (value.Hashes.Count * 32) + (value.Records.Count * RecordSize));
        writer.WriteUInt8(Version);
        writer.WriteBytes32(value.Target);
        writer.WriteUInt32(value.Height);
        writer.WriteUInt64(value.ClaimedWeight);
        writer.WriteUInt32(value.ForkHeight);
        writer.WriteBytes32(value.ListDigest);
        writer.WriteUInt32((uint)value.Hashes.Count);
        writer.WriteUInt32((uint)value.Records.Count);
        foreach (var hash in value.Hashes)
            writer.WriteBytes32(hash);
        foreach (var record in value.Records)
        {
            writer.WriteBytes32(record.ChallengeHash);
            BlockRecordFields.Write(writer, record);
        }

        writer.WriteBytes(SHA256.HashData(writer.Written));
        return writer.Written.ToArray();
    }

    /// <summary>Reads <see cref="Encode"/>'s bytes, or says why they are no checkpoint.</summary>
    public static SyncCheckpointError TryDecode(ReadOnlySpan<byte> bytes, out SyncCheckpoint? value)
    {
        value = null;
        if (bytes.Length < FixedSize)
            return SyncCheckpointError.Length;
        if (bytes[0] != Version)
            return SyncCheckpointError.Version;
        if (!bytes[^ChecksumSize..].SequenceEqual(SHA256.HashData(bytes[..^ChecksumSize])))
            return SyncCheckpointError.Checksum;
        var reader = new StreamableReader(bytes[1..^ChecksumSize]);
        var (target, height, weight, fork, digest) = (reader.ReadBytes32(), reader.ReadUInt32(), reader.ReadUInt64(),
            reader.ReadUInt32(), reader.ReadBytes32());
        var (hashCount, recordCount) = (reader.ReadUInt32(), reader.ReadUInt32());
        if ((hashCount * 32L) + (recordCount * (long)RecordSize) != reader.Remaining)
            return SyncCheckpointError.Length;
        if (hashCount < 2 || height - (long)fork + 1 != hashCount || recordCount >= hashCount)
            return SyncCheckpointError.Inconsistent;
        var hashes = new Bytes32[hashCount];
        for (var i = 0; i < hashes.Length; i++)
            hashes[i] = reader.ReadBytes32();
        var records = new BlockRecord[recordCount];
        for (var i = 0; i < records.Length; i++)
            records[i] = BlockRecordFields.Read(ref reader, hashes[i + 1], hashes[i], reader.ReadBytes32(), fork + 1 + (uint)i);
        if (hashes[^1] != target)
            return SyncCheckpointError.Inconsistent;
        value = new SyncCheckpoint(target, height, weight, fork, digest, hashes, records);
        return SyncCheckpointError.None;
    }
}

/// <summary>Why bytes are not a checkpoint. The consequence is the same for all: forget it and start afresh.</summary>
public enum SyncCheckpointError
{
    /// <summary>They are one.</summary>
    None,

    /// <summary>Too short, too long, or the counts do not fit the length.</summary>
    Length,

    /// <summary>Written by another version of this format.</summary>
    Version,

    /// <summary>The checksum does not match: the bytes were damaged.</summary>
    Checksum,

    /// <summary>The values contradict each other.</summary>
    Inconsistent,
}
