namespace Chia.Fuzz.Targets;

/// <summary>A property that a target has to keep, whatever it reads.</summary>
internal static class Promise
{
    /// <summary>Fails the input if the property does not hold.</summary>
    public static void That(bool holds, string property)
    {
        if (!holds)
            throw new InvalidOperationException($"broken: {property}");
    }
}
