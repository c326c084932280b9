using Chia.Consensus.Verdicts;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>A block that is being seen to, and what is known of it so far, for whoever has to try again.</summary>
internal sealed class Arrival(PostponedBlock block)
{
    public PeerConnection From => block.From;

    public BlockData Block => block.Block;

    public Bytes32 HeaderHash => block.HeaderHash;

    public BlockVerdict? Verdict { get; set; } = block.Verdict;

    /// <summary>The chain was asked to take it in, and has not answered.</summary>
    public bool IsInDoubt { get; set; } = block.IsInDoubt;

    /// <summary>It, to be handed in again.</summary>
    public PostponedBlock Postponed => block with { Verdict = Verdict, IsInDoubt = IsInDoubt };

    /// <summary>Asks the chain to take blocks in. Until it has taken them or judged them it is not known whether they are stored: a store
    /// that went away may have carried out what it did not answer.</summary>
    public async Task<AcceptAnswer> Accept(IBlockchainGrain chain, BlockSubmission[] blocks)
    {
        IsInDoubt = true;
        var answer = await chain.Accept(blocks);
        IsInDoubt = answer.WasRefused;
        return answer;
    }
}
