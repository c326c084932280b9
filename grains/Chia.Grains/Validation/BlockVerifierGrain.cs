using Chia.Consensus.Validation;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;

namespace Chia.Grains.Validation;

/// <summary>Verifies single blocks on the silo's validation threads, behind what the chain waits for.</summary>
/// <param name="network">The network.</param>
/// <param name="proofs">The cryptography.</param>
/// <param name="threads">Where it is done.</param>
[StatelessWorker(1)] // As the validator: of several, any one would be told that a question is called off.
[Reentrant]
[KeepAlive]
internal sealed class BlockVerifierGrain(NetworkDefinition network, IProofVerifier proofs, ValidationThreads threads)
    : Grain, IBlockVerifierGrain
{
    /// <inheritdoc/>
    public Task<BlockVerification> Verify(BlockData block, CancellationToken cancellation) =>
        threads.Run(() => Verify(block.Block), isUrgent: false, cancellation);

    private BlockVerification Verify(FullBlock block)
    {
        var measuring = new MeasuringVerifier(proofs, block, network.Constants.DiscriminantSizeBits);
        var verdict = new BlockChecker(network.Constants, measuring).Check(block);
        return new BlockVerification(
            verdict.IsAccepted
                ? new BlockVerdict(verdict.Value.HeaderHash, verdict.Value.Quality)
                : new BlockVerdict(block.HeaderHash(), default, verdict.Rejection.Rule, verdict.Rejection.Detail),
            measuring.All());
    }
}
