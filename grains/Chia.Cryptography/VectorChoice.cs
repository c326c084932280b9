namespace Chia.Cryptography;

/// <summary>Which kind of vectors an algorithm uses.</summary>
/// <param name="Kind">The fastest usable kind; null for the scalar code.</param>
/// <param name="Description">Its name, or "scalar", and which kinds have failed their self-check.</param>
internal sealed record VectorChoice<T>(T? Kind, string Description)
    where T : class;

/// <summary>Chooses vectors: a kind whose self-check fails, or throws, is switched off, and is said to be.</summary>
internal static class VectorChoice
{
    /// <param name="algorithm">What they are for.</param>
    /// <param name="kinds">The kinds, fastest first.</param>
    /// <param name="name">A kind's name.</param>
    /// <param name="isSupported">Whether the processor has a kind.</param>
    /// <param name="check">A kind's self-check; asked for no more kinds than necessary.</param>
    /// <param name="faults">Who is told of kinds that fail; null for <see cref="VectorFaults.OfProcess"/>.</param>
    public static VectorChoice<T> Choose<T>(
        VectorUse algorithm, IEnumerable<T> kinds, Func<T, string> name, Func<T, bool> isSupported, Func<T, bool> check,
        VectorFaults? faults = null)
        where T : class
    {
        var failed = "";
        foreach (var kind in kinds.Where(isSupported))
        {
            if (FaultOf(kind, check) is not { } fault)
                return new(kind, name(kind) + failed);
            (faults ?? VectorFaults.OfProcess).Add(new VectorFault(algorithm, name(kind), fault));
            failed += $" ({name(kind)} fails its self-check: check the processor)";
        }

        return new(null, "scalar" + failed);
    }

    /// <summary>The same where there is but one kind, AVX-512 on doubles and words.</summary>
    /// <param name="algorithm">What it is for.</param>
    /// <param name="isSupported">Whether the processor has it.</param>
    /// <param name="check">Its self-check.</param>
    /// <param name="faults">Who is told if it fails; null for <see cref="VectorFaults.OfProcess"/>.</param>
    public static VectorChoice<string> Choose(VectorUse algorithm, bool isSupported, Func<bool> check, VectorFaults? faults = null) =>
        Choose(algorithm, ["AVX-512"], kind => kind, _ => isSupported, _ => check(), faults);

    private static string? FaultOf<T>(T kind, Func<T, bool> check)
    {
        try
        {
            return check(kind) ? null : "wrong results";
        }
        catch (Exception error)
        {
            // Whatever a miscalculation leads to: the scalar code can do without.
            return error.GetType().Name;
        }
    }
}
