namespace Chia.Grains.Chain;

/// <summary>An import stopped at a record; what was before it is stored.</summary>
public sealed class ImportException : Exception
{
    /// <summary>Says how far it came, and which record stopped it and why.</summary>
    /// <param name="done">What was done before that record.</param>
    /// <param name="reason">Names height, header hash and rule, or what is wrong with the file.</param>
    /// <param name="inner">The cause, if there is another.</param>
    public ImportException(ImportProgress done, string reason, Exception? inner = null)
        : base($"imported {done.Imported} blocks, then: {reason}", inner) => Done = done;

    /// <summary>What was done before.</summary>
    public ImportProgress Done { get; }
}
