using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Tests.Support;

/// <summary>Records without blocks, for rules that read nothing else.</summary>
internal sealed class RecordChain : IAncestry
{
    private readonly Dictionary<Bytes32, BlockRecord> _records = [];
    private int _serial;

    public BlockRecord Add(BlockRecord? parent, ulong timestamp, ulong difficulty, ulong iterations, ulong ips)
    {
        var hash = new Bytes32(SHA256.HashData(BitConverter.GetBytes(_serial++)));
        var record = new BlockRecord(
            hash,
            parent?.HeaderHash ?? default,
            hash,
            parent is null ? 0 : parent.Height + 1,
            (parent?.TotalWeight ?? 0) + difficulty,
            (parent?.TotalIterations ?? 0) + iterations,
            timestamp,
            difficulty,
            ips,
            hash);
        _records.Add(hash, record);
        return record;
    }

    public void Forget(BlockRecord record) => _records.Remove(record.HeaderHash);

    public bool TryGet(Bytes32 headerHash, [NotNullWhen(true)] out BlockRecord? record) => _records.TryGetValue(headerHash, out record);
}
