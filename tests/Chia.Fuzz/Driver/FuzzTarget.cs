namespace Chia.Fuzz.Driver;

/// <summary>
/// Something that reads what others wrote. Whatever it is given, it answers or refuses in its own typed way; it throws nothing else, and
/// what it takes of memory and time follows the input's size.
/// </summary>
internal abstract class FuzzTarget(string name) : IDisposable
{
    /// <summary>Name on the command line.</summary>
    public string Name { get; } = name;

    /// <summary>Good inputs.</summary>
    public abstract IReadOnlyList<byte[]> Corpus { get; }

    /// <summary>How many inputs the short run of the test suite takes, a second or two.</summary>
    public abstract int ShortRun { get; }

    /// <summary>Bytes that one input may make us allocate beside what follows its size; 0 if that cannot be counted (other threads do the
    /// work).</summary>
    public virtual long AllocationBase => 64 * 1024;

    /// <summary>Bytes that each byte of input may make us allocate.</summary>
    public virtual long AllocationFactor => 64;

    /// <summary>Longest time for one input on an idle machine; far above what any takes, for the machine may be busy.</summary>
    public virtual TimeSpan MaxTime => TimeSpan.FromSeconds(2);

    /// <summary>Reads one input. Any exception is a fault.</summary>
    public abstract void Run(byte[] input);

    /// <summary>Files go away.</summary>
    public virtual void Dispose()
    {
    }
}
