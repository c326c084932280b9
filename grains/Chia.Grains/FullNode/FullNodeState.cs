using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>What a full node keeps in memory beside the chain (SYNC.md 1.2). All of it is bounded, none of it survives a restart.</summary>
internal sealed class FullNodeState
{
    private const int RemembersContents = 4000;

    public FullNodeState(FullNodeOptions options, ulong propagationThreshold)
    {
        Candidates = new(options.MaxCandidates);
        Unfinished = new(options.MaxUnfinished);
        Leader = new(propagationThreshold);
        IpsEstimate = options.InitialIpsEstimate;
    }

    /// <summary>Iterations per second used for time estimates. Greeting a farmer does not change it (SYNC.md 3.4, 5).</summary>
    public ulong IpsEstimate { get; set; }

    /// <summary>Proof-of-space hash → block without harvester signature.</summary>
    public BoundedByHeight<Bytes32, Candidate> Candidates { get; }

    /// <summary>Blocks that wait for a proof of time.</summary>
    public BoundedByHeight<UnfinishedKey, UnfinishedBlock> Unfinished { get; }

    public UnfinishedLeader Leader { get; }

    /// <summary>Hashes of whole contents that were rejected: the header hash does not cover proof of time and challenge (CONSENSUS.md 18.1).</summary>
    public RecentlySeen<Bytes32> Rejected { get; } = new(RemembersContents);

    /// <summary>Hashes of unfinished blocks already looked at.</summary>
    public RecentlySeen<Bytes32> SeenUnfinished { get; } = new(RemembersContents);

    /// <summary>Hashes of proofs of time already passed on (DECISIONS 13).</summary>
    public RecentlySeen<Bytes32> SeenProofs { get; } = new(RemembersContents);

    /// <summary>Forgets what lies too far below the lowest tip (SYNC.md 3.5).</summary>
    public void Prune(uint lowestTipHeight, uint retention)
    {
        var lowest = lowestTipHeight > retention ? lowestTipHeight - retention : 0;
        Candidates.Prune(lowest);
        Unfinished.Prune(lowest);
    }
}
