namespace Chia.Storage.Errors;

/// <summary>
/// The block store cannot do what was asked. The message is one sentence for the operator: it names the store and what to do.
/// Each consequence has its own subclass.
/// </summary>
public abstract class StoreException : Exception
{
    private protected StoreException(string message, Exception? cause)
        : base(message, cause)
    {
    }
}

/// <summary>The medium refuses: no such file, no permission, disk full, read or write error. A file has stored nothing of the failed call;
/// a server that gives no answer may have stored all of it.</summary>
public sealed class StoreUnavailableException : StoreException
{
    /// <summary>Names the store and the medium's reason.</summary>
    public StoreUnavailableException(string location, string reason, Exception? cause = null)
        : base($"the store {location} cannot be used: {reason}", cause)
    {
    }
}

/// <summary>Another writer holds the store. Readers are always admitted.</summary>
public sealed class StoreInUseException : StoreException
{
    /// <summary>Names the store and, where it is known, the writer's process.</summary>
    public StoreInUseException(string location, int? owner = null, Exception? cause = null)
        : base($"the store {location} is in use by another node{(owner is { } pid ? $" (process {pid})" : "")}: stop it first, or choose another root folder", cause) =>
        Owner = owner;

    /// <summary>Process id of the writer; null where it is not known.</summary>
    public int? Owner { get; }
}

/// <summary>
/// The commit came from a writer that has been superseded: a newer activation of the chain's owner took over.
/// Nothing was stored; the caller must stop and forget its state.
/// </summary>
public sealed class StaleWriterException : StoreException
{
    /// <summary>Names both tokens.</summary>
    public StaleWriterException(WriterToken stale, WriterToken current)
        : base($"writer {stale.Epoch} has been superseded by writer {current.Epoch}: its commit was refused", null)
    {
        Stale = stale;
        Current = current;
    }

    /// <summary>The token of the refused commit.</summary>
    public WriterToken Stale { get; }

    /// <summary>The token in force.</summary>
    public WriterToken Current { get; }
}

/// <summary>A commit would leave the store incoherent (an unknown tip, a gap in the height index). A bug of the caller; nothing was
/// stored.</summary>
public sealed class CommitRefusedException : StoreException
{
    /// <summary>Says what would be incoherent.</summary>
    public CommitRefusedException(string reason)
        : base($"commit refused: {reason}", null)
    {
    }
}

/// <summary>What is stored is not what was written: no database, a corrupt page, a wrong checksum, or tables that contradict each
/// other.</summary>
public sealed class StoreDamagedException : StoreException
{
    /// <summary>Names the store, the damage and the remedy.</summary>
    public StoreDamagedException(string location, string damage, Exception? cause = null)
        : base($"the store {location} is damaged ({damage}): run `chia db verify`, then `chia db rewind` to the height it names; if that fails too, {StoreRemedy.StartOver(location)}", cause)
    {
        Location = location;
        Damage = damage;
    }

    /// <summary>What was found, without the advice.</summary>
    public string Damage { get; }

    /// <summary>The damaged store.</summary>
    public string Location { get; }
}

/// <summary>The file is not a block store at all, so no maintenance command can help it.</summary>
public sealed class StoreFormatException : StoreException
{
    /// <summary>Names the file and what it is instead.</summary>
    public StoreFormatException(string location, string what, Exception? cause = null)
        : base($"{location} is not a block store ({what}): name another root folder, or {StoreRemedy.StartOver(location)}", cause) =>
        Location = location;

    /// <summary>The file.</summary>
    public string Location { get; }
}

/// <summary>The store was written by a newer version of the program; nothing was changed in it.</summary>
public sealed class StoreVersionException : StoreException
{
    /// <summary>Names both schema versions.</summary>
    public StoreVersionException(string location, long stored, long known)
        : base($"the store {location} has schema version {stored} and this program knows versions up to {known}: use a newer program",
            null) =>
        Stored = stored;

    /// <summary>The store's schema version.</summary>
    public long Stored { get; }
}

/// <summary>The store holds the chain of another network.</summary>
public sealed class StoreNetworkException : StoreException
{
    /// <summary>Names both networks.</summary>
    public StoreNetworkException(string location, StoreIdentity stored, StoreIdentity wanted)
        : base($"the store {location} belongs to {stored}, not to {wanted}: choose the right network, or another root folder", null)
    {
        Stored = stored;
        Wanted = wanted;
    }

    /// <summary>Whose chain is stored.</summary>
    public StoreIdentity Stored { get; }

    /// <summary>Whose chain was asked for.</summary>
    public StoreIdentity Wanted { get; }
}

/// <summary>A height was named that the stored chain does not have.</summary>
public sealed class StoreHeightException : StoreException
{
    /// <summary>Says which height and why not.</summary>
    public StoreHeightException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
