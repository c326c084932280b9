namespace Chia.Grains.Chain;

/// <summary>An import stopped at a record; its message names height, header hash and rule, or the offset.</summary>
public sealed class ImportException : Exception
{
    /// <summary>Says where and why.</summary>
    public ImportException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
