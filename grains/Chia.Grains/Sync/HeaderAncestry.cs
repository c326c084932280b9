using System.Diagnostics.CodeAnalysis;
using Chia.Consensus;
using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Sync;

/// <summary>
/// The records that header checks look back on: verified headers, and below the fork point as many blocks of ours as the rules reach.
/// </summary>
internal sealed class HeaderAncestry : IAncestry
{
    private readonly Dictionary<Bytes32, BlockRecord> _records = [];
    private readonly HashSet<Bytes32> _ours = [];
    private int _taken;

    public bool TryGet(Bytes32 headerHash, [NotNullWhen(true)] out BlockRecord? record) => _records.TryGetValue(headerHash, out record);

    /// <summary>The block is one of our own chain, not a header that was only verified.</summary>
    public bool IsOurs(Bytes32 headerHash) => _ours.Contains(headerHash);

    /// <summary>Makes sure that <paramref name="parent"/> and what the rules ask of its ancestors are here.</summary>
    public async Task Prepare(IBlockchainGrain chain, Bytes32 parent, IReadOnlyList<BlockRecord> verified, ConsensusConstants constants)
    {
        if (_taken > verified.Count)
            Clear();
        for (; _taken < verified.Count; _taken++)
            _records[verified[_taken].HeaderHash] = verified[_taken];
        var root = verified.Count > 0 ? verified[0].PrevHeaderHash : parent;
        if (_ours.Contains(root))
            return;

        // An adjustment at the first height above looks back one epoch, one delay and one block; the time window is shorter but a
        // parameter.
        var reach = (int)(constants.DifficultyEpoch + constants.DifficultyDelay) + constants.NumberOfTimestamps + 2;
        foreach (var block in await chain.GetBranch(root, reach))
        {
            _records[block.HeaderHash] = block.ToRecord();
            _ours.Add(block.HeaderHash);
        }
    }

    public void Clear()
    {
        _records.Clear();
        _ours.Clear();
        _taken = 0;
    }
}
