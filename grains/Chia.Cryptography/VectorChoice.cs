namespace Chia.Cryptography;

/// <summary>Which kind of vectors an algorithm uses.</summary>
/// <param name="Kind">The fastest usable kind; null for the scalar code.</param>
/// <param name="Description">Its name, or "scalar", and which kinds have failed their self-check.</param>
internal sealed record VectorChoice<T>(T? Kind, string Description)
    where T : class;

/// <summary>Chooses vectors: a kind whose self-check fails, or throws, is switched off, and the description says so.</summary>
internal static class VectorChoice
{
    /// <param name="kinds">The kinds, fastest first.</param>
    /// <param name="name">A kind's name.</param>
    /// <param name="isSupported">Whether the processor has a kind.</param>
    /// <param name="check">A kind's self-check; asked for no more kinds than necessary.</param>
    public static VectorChoice<T> Choose<T>(
        IEnumerable<T> kinds, Func<T, string> name, Func<T, bool> isSupported, Func<T, bool> check)
        where T : class
    {
        var failed = "";
        foreach (var kind in kinds.Where(isSupported))
        {
            if (check(kind))
                return new(kind, name(kind) + failed);
            failed += $" ({name(kind)} fails its self-check: check the processor)";
        }

        return new(null, "scalar" + failed);
    }
}
