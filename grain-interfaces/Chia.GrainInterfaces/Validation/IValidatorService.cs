using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Primitives;
using Orleans.Services;

namespace Chia.GrainInterfaces.Validation;

/// <summary>
/// Context-free checks of one silo, many at once; the work runs on threads of its own and never on a grain's turn. Callers choose the silo
/// (CLUSTER 2).
/// </summary>
[Alias("chia.IValidatorService"), Version(1)]
public interface IValidatorService : IGrainService
{
    /// <summary>Checks blocks, in parallel; the verdicts come in the order of the blocks.</summary>
    /// <param name="batch">A name for <see cref="CallOff"/>; any that nobody else uses.</param>
    /// <param name="kind">Whole or unfinished.</param>
    /// <param name="blocks">The blocks.</param>
    /// <param name="isUrgent">New blocks go before the many of a sync.</param>
    [Alias("CheckBlocks"), ReadOnly, ResponseTimeout(AnswerTime.Proofs)]
    Task<BlockVerdict[]> CheckBlocks(Guid batch, CheckKind kind, BlockData[] blocks, bool isUrgent);

    /// <summary>Checks header blocks without their proofs of time: signature, proof of space, links within each (DECISIONS 11).</summary>
    /// <param name="batch">A name for <see cref="CallOff"/>; any that nobody else uses.</param>
    /// <param name="headers">ser(HeaderBlock) each.</param>
    [Alias("CheckHeaders"), ReadOnly, ResponseTimeout(AnswerTime.Proofs)]
    Task<BlockVerdict[]> CheckHeaders(Guid batch, [Immutable] byte[][] headers);

    /// <summary>The verdicts of a batch are not wanted any more: what waits is not begun.</summary>
    /// <param name="batch">Its name.</param>
    [Alias("CallOff"), ResponseTimeout(AnswerTime.Memory)]
    Task CallOff(Guid batch);

    /// <summary>Verifies one proof of time. Null if it is valid, else why not.</summary>
    /// <param name="proof">ser(ProofOfTime).</param>
    [Alias("CheckProofOfTime"), ReadOnly, ResponseTimeout(AnswerTime.Proofs)]
    Task<string?> CheckProofOfTime([Immutable] byte[] proof);

    /// <summary>Verifies one proof of space. Its quality, or null if it is invalid.</summary>
    /// <param name="proof">ser(ProofOfSpace).</param>
    [Alias("CheckProofOfSpace"), ReadOnly, ResponseTimeout(AnswerTime.Proofs)]
    Task<Bytes32?> CheckProofOfSpace([Immutable] byte[] proof);
}

/// <summary>How much of a block there is to check.</summary>
public enum CheckKind
{
    /// <summary>A whole block.</summary>
    Full,

    /// <summary>A block without proof of time and challenge.</summary>
    Unfinished,
}
