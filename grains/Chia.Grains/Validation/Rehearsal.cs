using Chia.Consensus.Validation;
using Chia.Cryptography.ClassGroups;
using Chia.Protocol.Networks;

namespace Chia.Grains.Validation;

/// <summary>
/// A check of the genesis block whose verdict nobody asks for, made while the process still starts, if it has somebody to dial and cores
/// to spare, or while the first peer shakes hands: what the first check of a process compiles, and the vectors that it chooses by their
/// self-checks, cost ten times what the check does, and who waits for the first real one need not wait for that. Not done without peers.
/// </summary>
/// <param name="network">Whose genesis block.</param>
/// <param name="proofs">The cryptography.</param>
/// <param name="threads">Where checks are made; free before the first peer has come.</param>
public sealed class Rehearsal(NetworkDefinition network, IProofVerifier proofs, ValidationThreads threads)
{
    private readonly Lock _lock = new();
    private Task? _made;

    /// <summary>Begins, the first time; may be called for every peer.</summary>
    /// <returns>Its end, which never fails.</returns>
    public Task Begin()
    {
        lock (_lock)
            return _made ??= Make();
    }

    /// <summary>The vectors of proofs of time on one thread, while another is still at the signatures.</summary>
    private Task Make() => Task
        .WhenAll(
            threads.Run(() => new BlockChecker(network.Constants, proofs).Check([network.Genesis()])),
            threads.Run(() => ClassGroupBackend.PrimeTests))
        .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
