using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Primitives;

namespace Chia.GrainInterfaces.Validation;

/// <summary>
/// Context-free checks, many at once: a stateless worker on every silo, whose work runs on threads of its own and never on a grain's turn. Key 0.
/// </summary>
[Alias("chia.IValidatorGrain"), Version(1)]
public interface IValidatorGrain : IGrainWithIntegerKey
{
    /// <summary>Checks blocks, in parallel; the verdicts come in the order of the blocks.</summary>
    /// <param name="kind">Whole or unfinished.</param>
    /// <param name="blocks">The blocks.</param>
    /// <param name="isUrgent">New blocks go before the many of a sync.</param>
    /// <param name="cancellation">The verdicts are not wanted any more: what waits is not begun.</param>
    [Alias("CheckBlocks"), ReadOnly, ResponseTimeout(AnswerTime.Proofs)]
    Task<BlockVerdict[]> CheckBlocks(CheckKind kind, BlockData[] blocks, bool isUrgent, CancellationToken cancellation = default);

    /// <summary>Checks header blocks without their proofs of time: signature, proof of space, links within each (DECISIONS 11).</summary>
    /// <param name="headers">ser(HeaderBlock) each.</param>
    /// <param name="cancellation">The verdicts are not wanted any more: what waits is not begun.</param>
    [Alias("CheckHeaders"), ReadOnly, ResponseTimeout(AnswerTime.Proofs)]
    Task<BlockVerdict[]> CheckHeaders([Immutable] byte[][] headers, CancellationToken cancellation = default);

    /// <summary>Verifies one proof of time. Null if it is valid, else why not.</summary>
    /// <param name="proof">ser(ProofOfTime).</param>
    [Alias("CheckProofOfTime"), ReadOnly, ResponseTimeout(AnswerTime.Proofs)]
    Task<string?> CheckProofOfTime([Immutable] byte[] proof);

    /// <summary>Verifies one proof of space. Its quality, or null if it is invalid.</summary>
    /// <param name="proof">ser(ProofOfSpace).</param>
    [Alias("CheckProofOfSpace"), ReadOnly, ResponseTimeout(AnswerTime.Proofs)]
    Task<Bytes32?> CheckProofOfSpace([Immutable] byte[] proof);
}
