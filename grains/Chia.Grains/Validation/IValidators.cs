using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Validation;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Validation;

/// <summary>Context-free checks, on whichever silo has the fewest open (CLUSTER 2). What is not wanted any more is cancelled and, if it
/// waits, not begun.</summary>
internal interface IValidators
{
    /// <summary>How many silos check, now.</summary>
    int Count { get; }

    /// <summary>Checks blocks; the verdicts come in the order of the blocks. New blocks (urgent) go before the many of a sync.</summary>
    Task<BlockVerdict[]> CheckBlocks(CheckKind kind, BlockData[] blocks, bool isUrgent, CancellationToken cancellation = default);

    /// <summary>Checks header blocks, ser(HeaderBlock) each, without their proofs of time (DECISIONS 11).</summary>
    Task<BlockVerdict[]> CheckHeaders(byte[][] headers, CancellationToken cancellation = default);

    /// <summary>Verifies one proof of time, ser(ProofOfTime). Null if it is valid, else why not.</summary>
    Task<string?> CheckProofOfTime(byte[] proof);

    /// <summary>Verifies one proof of space, ser(ProofOfSpace). Its quality, or null if it is invalid.</summary>
    Task<Bytes32?> CheckProofOfSpace(byte[] proof);
}
