using Chia.GrainInterfaces.Chain;
using Chia.Grains.Effects;
using Chia.Protocol.Primitives;

namespace Chia.Grains.FullNode;

/// <summary>
/// The switch to another variant of a stored block, whose challenge a heavier branch answers (DECISIONS 1). It takes three: the stored
/// block, its other copy, and children that wait for it; they come in any order, and what came first is kept until the rest is there.
/// </summary>
internal sealed class OtherVariant(IBlockchainGrain chain, NearSync nearSync)
{
    /// <summary>
    /// The parent is stored in another variant than this child answers. With what waits above the child the chain may be heavier, and the
    /// chain switches by itself; if not, the parent's other copy is fetched, and the child waits for more blocks above it.
    /// </summary>
    /// <param name="arrival">The block that is seen to: the child.</param>
    /// <param name="child">The same, checked.</param>
    /// <param name="effects">Where the question for the other copy goes.</param>
    public async Task<SwitchResult> SwitchParent(Arrival arrival, BlockSubmission child, List<RoleEffect> effects)
    {
        var branch = Waiting(arrival.HeaderHash);
        if (branch.Length > 0)
        {
            BlockSubmission[] blocks = [child, .. branch];
            var answer = await arrival.Accept(chain, blocks);
            if (answer.WasRefused)
                return SwitchResult.Refused;
            if (answer.Outcomes[0].IsStored)
                return SwitchResult.To(new SwitchedBranch(child.Block.Block.PrevHeaderHash, blocks, answer));
        }

        effects.AddRange(nearSync.WantOtherVariant(arrival.From, child.Block, child.Verdict));
        return nearSync.HeldVariantFor(child.Block.Block) is { } held ? await Switch(arrival, held) : SwitchResult.Waits;
    }

    /// <summary>Switches to the other variant of a stored block, if a branch waits for it that is the heavier; else holds it.</summary>
    /// <param name="arrival">The block that is seen to: the variant, which was asked for; or a child of it, when it came before and is
    /// held.</param>
    /// <param name="otherVariant">The variant, checked.</param>
    public async Task<SwitchResult> Switch(Arrival arrival, BlockSubmission otherVariant)
    {
        var switched = otherVariant.Verdict.HeaderHash;
        var branch = Waiting(switched);
        if (branch.Length == 0)
            return Hold(otherVariant);
        arrival.IsInDoubt = true;
        if (await chain.SwitchVariant(otherVariant, branch) is null)
        {
            arrival.IsInDoubt = false;
            return (await chain.GetSnapshot()).StoreFault is not null ? SwitchResult.Refused : Hold(otherVariant);
        }

        var answer = await arrival.Accept(chain, branch);
        return answer.WasRefused ? SwitchResult.Refused : SwitchResult.To(new SwitchedBranch(switched, branch, answer));
    }

    private SwitchResult Hold(BlockSubmission otherVariant)
    {
        nearSync.HoldOtherVariant(otherVariant);
        return SwitchResult.Waits;
    }

    /// <summary>What waits above a block, on the way to the heaviest.</summary>
    private BlockSubmission[] Waiting(Bytes32 headerHash) =>
        [.. nearSync.HeaviestBranch(headerHash).Select(w => new BlockSubmission(w.Block, w.Verdict))];
}

/// <summary>What became of a try to switch.</summary>
/// <param name="WasRefused">The chain cannot store just now: the block is to be handed in again.</param>
/// <param name="Branch">What is stored now; null if it waits for more, or was refused.</param>
internal readonly record struct SwitchResult(bool WasRefused, SwitchedBranch? Branch)
{
    /// <summary>The chain cannot store just now.</summary>
    public static readonly SwitchResult Refused = new(WasRefused: true, Branch: null);

    /// <summary>What there is waits for the rest.</summary>
    public static readonly SwitchResult Waits = new(WasRefused: false, Branch: null);

    /// <summary>The chain has the other variant, and blocks above it.</summary>
    public static SwitchResult To(SwitchedBranch branch) => new(WasRefused: false, branch);
}

/// <summary>A branch that is stored now, on another variant of a block than before.</summary>
/// <param name="Switched">The block whose variant was switched.</param>
/// <param name="Blocks">What was handed in above it.</param>
/// <param name="Answer">The chain's answer to that.</param>
internal sealed record SwitchedBranch(Bytes32 Switched, BlockSubmission[] Blocks, AcceptAnswer Answer)
{
    /// <summary>The highest of them that was stored.</summary>
    public BlockSubmission Highest => Blocks[Array.FindLastIndex(Answer.Outcomes, outcome => outcome.IsStored)];

    /// <summary>The tip that it is now.</summary>
    public TipInfo Tip => Answer.Chain.Tips.First(tip => tip.HeaderHash == Highest.Verdict.HeaderHash);
}
