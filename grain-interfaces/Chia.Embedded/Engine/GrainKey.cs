using System.Globalization;

namespace Chia.Embedded.Engine;

/// <summary>The identity of a grain: its class and its key.</summary>
internal readonly record struct GrainKey(GrainClass Class, string Key)
{
    /// <summary>Integer keys are kept as Orleans keeps them: upper-case hexadecimal.</summary>
    internal static string FormatInteger(long key) => key.ToString("X", CultureInfo.InvariantCulture);

    internal static long ParseInteger(string key) =>
        long.TryParse(key, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidOperationException($"'{key}' is not an integer key.");

    public override string ToString() => $"{Class.TypeName}/{Key}";
}
