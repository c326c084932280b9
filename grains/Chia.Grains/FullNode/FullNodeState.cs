using Chia.GrainInterfaces.Chain;
using Chia.Grains.Work;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>What a full node keeps in memory beside the chain (SYNC.md 1.2). All of it is bounded, none of it survives a
/// restart.</summary>
internal sealed class FullNodeState
{
    private const int RemembersContents = 4000;

    public FullNodeState(FullNodeOptions options, ulong propagationThreshold, Standstill standstill)
    {
        Candidates = new(options.MaxCandidates);
        Unfinished = new(options.MaxUnfinished);
        Leader = new(propagationThreshold);
        IpsEstimate = options.InitialIpsEstimate;
        Standstill = standstill;
    }

    /// <summary>The chain as it was last told; kept up to date by every answer of the chain and by the end of a sync.</summary>
    public ChainSnapshot Chain { get; set; } = null!;

    public Standstill Standstill { get; }

    /// <summary>No plot answers a tip: blocks below and beside the tips are worth making (DECISIONS 16).</summary>
    public bool IsDeadEnd => Standstill.IsDeadEnd(Unfinished.InOrder, Chain);

    /// <summary>Farmers and timelords connected, by connection.</summary>
    public Dictionary<ConnectionId, Role> Workers { get; } = [];

    /// <summary>Iterations per second used for time estimates. Greeting a farmer does not change it (SYNC.md 3.4, 5).</summary>
    public ulong IpsEstimate { get; set; }

    /// <summary>Proof-of-space hash → block without harvester signature.</summary>
    public BoundedByHeight<Bytes32, Candidate> Candidates { get; }

    /// <summary>Blocks that wait for a proof of time.</summary>
    public BoundedByHeight<UnfinishedKey, UnfinishedBlock> Unfinished { get; }

    public UnfinishedLeader Leader { get; }

    /// <summary>Hashes of whole contents that were rejected: the header hash does not cover proof of time and challenge
    /// (CONSENSUS.md 18.1).</summary>
    public RecentlySeen<Bytes32> Rejected { get; } = new(RemembersContents);

    /// <summary>Blocks that could not be seen to, or not be stored, when they came.</summary>
    public PostponedBlocks Postponed { get; } = new();

    /// <summary>Hashes of unfinished blocks already looked at.</summary>
    public RecentlySeen<Bytes32> SeenUnfinished { get; } = new(RemembersContents);

    /// <summary>Proofs of time already passed on, by what they prove (DECISIONS 13).</summary>
    public RecentlySeen<UnfinishedKey> SeenProofs { get; } = new(RemembersContents);

    /// <summary>A block is stored: what waited for its proof of time waits no more.</summary>
    public void Completed(FullBlock block)
    {
        if (block.HeaderBlock.ProofOfTime is { } proof && Unfinished.Find(UnfinishedKey.Of(proof)) is { } unfinished)
            unfinished.IsCompleted = true;
    }

    /// <summary>Forgets what lies too far below the lowest tip (SYNC.md 3.5).</summary>
    public void Prune(uint lowestTipHeight, uint retention)
    {
        var lowest = LowestHeight(retention, lowestTipHeight);
        Candidates.Prune(lowest);
        Unfinished.Prune(lowest);
    }

    /// <summary>Lower than this nothing is built any more.</summary>
    public uint LowestHeight(uint retention) => LowestHeight(retention, Chain.LowestTipHeight());

    private static uint LowestHeight(uint retention, uint lowestTipHeight) =>
        lowestTipHeight > retention ? lowestTipHeight - retention : 0;
}

/// <summary>A block that lacks its harvester's signature (ROLES.md 6.1).</summary>
/// <param name="ProofOfSpace">The farmer's proof.</param>
/// <param name="Data">What the harvester is to sign.</param>
/// <param name="Body">The body.</param>
/// <param name="DataHash">H(ser(data)): the farmer protocol's header hash.</param>
internal sealed record Candidate(ProofOfSpace ProofOfSpace, HeaderData Data, Body Body, Bytes32 DataHash);
