using System.Globalization;
using Chia.Functional.Tests.Support;

namespace Chia.Cluster.Tests.Figures;

/// <summary>Prints what was measured.</summary>
internal static class Figures
{
    public static void Say(FormattableString line) =>
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(line));

    /// <summary>The value below which a part of them lies.</summary>
    public static double Quantile(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * part)];
    }

    /// <summary>Memory of a process that is no file's, in KB.</summary>
    public static double Memory(ChiaProcess process) =>
        double.Parse(
            File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
            CultureInfo.InvariantCulture);
}
