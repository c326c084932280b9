using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Sync.Targets;
using Chia.Testing;

namespace Chia.Sync.Tests.Support;

/// <summary>Stands for our chain and its rules: a block is valid if and only if it is byte for byte one of the true blocks.</summary>
internal sealed class OwnChain(VectorChain start, IEnumerable<VectorChain> truth)
{
    private readonly Dictionary<Bytes32, FullBlock> _truth = truth.Append(start)
        .SelectMany(c => c.Blocks.Zip(c.Hashes))
        .DistinctBy(p => p.Second)
        .ToDictionary(p => p.Second, p => p.First);

    private readonly HashSet<Bytes32> _accepted = [.. start.Hashes];

    public FullBlock Heaviest { get; private set; } = start.Tip;

    public OwnTips Tips => new(Heaviest.Weight, Heaviest.Height, Heaviest.Height - Math.Min(2, Heaviest.Height));

    public bool Accepted(Bytes32 hash) => _accepted.Contains(hash);

    /// <summary>Blocks that pass alone though they are not true: mined against rules that only the chain tells.</summary>
    public HashSet<Bytes32> PassAlone { get; } = [];

    public FailureScope? CheckTarget(FullBlock block)
    {
        var hash = block.HeaderHash();
        if (!_truth.TryGetValue(hash, out var real))
            return PassAlone.Contains(hash) ? null : FailureScope.Target;
        return real.HeaderBlock.ProofOfTime!.Equals(block.HeaderBlock.ProofOfTime) ? null : FailureScope.Copy;
    }

    public uint? ForkPoint(uint first, IReadOnlyList<Bytes32> hashes)
    {
        var agree = 0;
        while (agree < hashes.Count && _accepted.Contains(hashes[agree]))
            agree++;
        return agree == 0 || hashes.Skip(agree).Any(_accepted.Contains) ? null : first + (uint)agree - 1;
    }

    public (List<BlockRecord> Records, FailureScope? Failure) CheckHeaders(uint first, IReadOnlyList<HeaderBlock> headers,
        uint targetHeight)
    {
        var records = new List<BlockRecord>();
        foreach (var header in headers)
        {
            var hash = header.HeaderHash();
            if (!_truth.TryGetValue(hash, out var real) || real.Height != first + records.Count)
                return (records, FailureScope.Target);
            var same = real.HeaderBlock.Challenge!.Equals(header.Challenge);
            if (!same && real.Height < targetHeight)
                return (records, FailureScope.Target);
            if (!same || real.HeaderBlock.ProofOfTime!.NumberOfIterations != header.ProofOfTime!.NumberOfIterations)
                return (records, FailureScope.Copy);
            records.Add(VectorChain.Record(real, hash));
        }

        return (records, null);
    }

    /// <summary>Accepts blocks in order; the height reached and what is wrong with the next.</summary>
    public (uint Through, FailureScope? Failure) Apply(uint first, IReadOnlyList<FullBlock> blocks)
    {
        var through = first - 1;
        foreach (var block in blocks)
        {
            var hash = block.HeaderHash();
            Assert.True(_accepted.Contains(block.PrevHeaderHash), "applied a disconnected block");
            if (!_truth.TryGetValue(hash, out var real))
                return (through, FailureScope.Target);
            if (!real.ToBytes().AsSpan().SequenceEqual(block.ToBytes()))
                return (through, FailureScope.Copy);
            _accepted.Add(hash);
            if (block.Weight > Heaviest.Weight)
                Heaviest = block;
            through++;
        }

        return (through, null);
    }
}
