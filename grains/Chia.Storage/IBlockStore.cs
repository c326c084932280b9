namespace Chia.Storage;

/// <summary>
/// The persistent chain: every accepted block by header hash, the tips, the height table (CONSENSUS.md 13.1), and a sync's intermediate
/// results. One process holds it for writing. There are no transactions across calls: a commit says all at once.
/// </summary>
public interface IBlockStore : IBlockReader, ISyncStore
{
    /// <summary>Makes the caller the only writer: every earlier token is void from now on.</summary>
    Task<WriterToken> TakeWriter(CancellationToken cancellationToken = default);

    /// <summary>The token in force, for those who write beside its taker and are superseded with it; epoch 0 if none was taken
    /// yet.</summary>
    Task<WriterToken> GetWriter(CancellationToken cancellationToken = default);

    /// <summary>
    /// Stores all of the commit or nothing. When the task completes, it survives a kill and a power loss; until then readers see nothing
    /// of it. Once begun it is not cancelled half-way.
    /// </summary>
    /// <exception cref="Errors.StaleWriterException">The token has been superseded.</exception>
    /// <exception cref="Errors.CommitRefusedException">The commit names an unknown block or leaves a gap in the height table.</exception>
    Task Commit(WriterToken writer, ChainCommit commit, CancellationToken cancellationToken = default);
}

/// <summary>
/// Right to change the chain. Each <see cref="IBlockStore.TakeWriter"/> gives a higher one and voids all earlier ones,
/// because two activations of the chain's owner can exist for a moment (ORLEANS.md, Grains).
/// </summary>
/// <param name="Epoch">Counts the takings, from 1.</param>
public readonly record struct WriterToken(long Epoch);
