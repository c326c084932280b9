using System.Reflection;

namespace Chia.Silo.Status;

/// <summary>The version of this program, with the commit it was built from: <c>0.1.0+0123456789ab</c>.</summary>
internal static class ProgramVersion
{
    /// <summary>Digits of the commit that are shown.</summary>
    private const int CommitDigits = 12;

    public static string Text { get; } = Shorten(
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0");

    /// <summary>The version with the commit's digits shortened.</summary>
    public static string Shorten(string version)
    {
        var plus = version.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 || version.Length <= plus + 1 + CommitDigits ? version : version[..(plus + 1 + CommitDigits)];
    }
}
