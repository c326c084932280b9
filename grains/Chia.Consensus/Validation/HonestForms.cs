using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Consensus.Validation;

/// <summary>
/// The two honest forms of one block (CONSENSUS.md 18.1; DECISIONS 1). The block id does not cover the challenge, whose output hash is
/// H(ser(output)) if a full node completed the block and H(ser(proof of time)) if the reference's test tools made it.
/// Anyone can turn one into the other, and the children answer only one of them.
/// </summary>
public static class HonestForms
{
    /// <summary>True if the challenge's output hash is one of the two.</summary>
    public static bool IsHonest(Challenge challenge, ProofOfTime proofOfTime) =>
        challenge.ProofOfTimeOutputHash == proofOfTime.Output.Sha256()
        || challenge.ProofOfTimeOutputHash == proofOfTime.Sha256();

    /// <summary>
    /// The stored <paramref name="block"/> in the form whose challenge hash is <paramref name="challengeHash"/>, made from its own proof of time;
    /// null if neither form has it. (With another proof of time there can be further forms of the second kind: those must be fetched.)
    /// A checked block stays checked: the change touches nothing that a check reads except the rule of the forms itself.
    /// </summary>
    public static CheckedBlock? TryRebuild(FullBlock block, Bytes32 quality, Bytes32 challengeHash)
    {
        var header = block.HeaderBlock;
        if (header.Challenge is not { Height: > 0 } challenge || header.ProofOfTime is not { } proofOfTime)
            return null;
        return WithOutputHash(proofOfTime.Output.Sha256()) ?? WithOutputHash(proofOfTime.Sha256());

        CheckedBlock? WithOutputHash(Bytes32 outputHash)
        {
            var form = challenge with { ProofOfTimeOutputHash = outputHash };
            return form.Sha256() == challengeHash
                ? new CheckedBlock(block with { HeaderBlock = header with { Challenge = form } }, quality)
                : null;
        }
    }
}
