using Chia.Storage.Errors;
using Chia.Storage.Files;
using Chia.Storage.Maintenance;

namespace Chia.Storage.Sqlite;

/// <summary>
/// <c>db rewind</c> on a SQLite file. A sound file is changed in place; of a damaged one a new file is made of what is good in it,
/// which takes its place in one step, and the damaged one is kept beside it.
/// </summary>
internal static class SqliteRewind
{
    /// <summary>Goes back to a height; see <see cref="StoreRewind.Rewind"/>.</summary>
    /// <exception cref="StoreHeightException">The chain is not whole up to that height.</exception>
    /// <exception cref="StoreInUseException">A node has the store.</exception>
    /// <exception cref="StoreUnavailableException">The medium refuses.</exception>
    public static async Task<RewindResult> Rewind(
        SqliteStoreOptions options, uint height, int numberOfHeads, IProgress<StoreProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        try
        {
            return await RewindOrRebuild(options, height, numberOfHeads, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreDamagedException error)
        {
            // Whoever rewinds has been told to: to be told so again helps nobody.
            throw new StoreHeightException(
                $"cannot rewind the store {options.Path} to height {height} ({error.Damage}): choose a lower height that db verify calls good; where it names none, move the file away and sync again",
                error);
        }
    }

    private static async Task<RewindResult> RewindOrRebuild(
        SqliteStoreOptions options, uint height, int numberOfHeads, IProgress<StoreProgress>? progress,
        CancellationToken cancellationToken)
    {
        ChainIndex index;
        bool isSound;
        await using (var reader = SqliteBlockStore.OpenDamaged(options))
        {
            isSound = (await reader.CheckMedium(cancellationToken).ConfigureAwait(false)).Complaints.Count == 0;
            index = await reader.ReadIndex(cancellationToken).ConfigureAwait(false);
        }

        if (!isSound || index.Faults.Count != 0)
            return await Rebuild(options, index, height, numberOfHeads, progress, cancellationToken).ConfigureAwait(false);
        return await StoreRewind.OpenAndRewind(
            SqliteBlockStore.Open(options, cancellationToken), height, numberOfHeads, progress, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<RewindResult> Rebuild(
        SqliteStoreOptions options, ChainIndex index, uint height, int numberOfHeads, IProgress<StoreProgress>? progress,
        CancellationToken cancellationToken)
    {
        using var held = WriterLock.Take(options.Path);
        var linked = new LinkedBlocks(index, options.Identity);
        var chain = StoreRewind.MainChain(index, linked, height, options.Path);
        var last = chain[^1];
        var kept = index.Records.Where(r => StoreRewind.Stays(r, last, linked)).ToList();
        var rebuilt = options with { Path = options.Path + ".rewound" };
        SqliteCopy.Remove(rebuilt.Path);
        try
        {
            await using (var damaged = SqliteBlockStore.OpenDamaged(options))
            {
                var tips = StoreRewind.Commit(new ChainIndex(kept, [], [], []), chain, [], numberOfHeads);
                await SqliteCopy.Run(
                    damaged, kept, tips, rebuilt,
                    record => StoreRewind.Damaged(options.Path, record.Height, record.HeaderHash),
                    progress, cancellationToken).ConfigureAwait(false);
            }

            var aside = Swap(options.Path, rebuilt.Path);
            return new RewindResult(
                index.Records.Count - kept.Count, last.Height, last.HeaderHash, last.TotalWeight)
            { KeptAside = aside };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(options.Path, error.Message, error);
        }
        finally
        {
            SqliteCopy.Remove(rebuilt.Path);
        }
    }

    /// <summary>Puts the new file in the old one's place; returns where the old one is. Its log goes first: it must not be applied to the
    /// new file.</summary>
    private static string Swap(string path, string rebuilt)
    {
        var aside = path + ".damaged";
        for (var i = 2; File.Exists(aside) || File.Exists(aside + "-wal") || File.Exists(aside + "-shm"); i++)
            aside = $"{path}.damaged-{i}";
        foreach (var ending in new[] { "-wal", "-shm" })
        {
            if (File.Exists(path + ending))
                File.Move(path + ending, aside + ending);
        }

        File.Replace(rebuilt, path, aside);
        Posix.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return aside;
    }
}
