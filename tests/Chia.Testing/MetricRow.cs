using System.Text.RegularExpressions;

namespace Chia.Testing;

/// <summary>A metric of the table of OPERATIONS.md 4.</summary>
/// <param name="Name">As Prometheus shows it.</param>
/// <param name="Labels">Names of its labels.</param>
/// <param name="IsRare">It is shown only once something has happened that need not happen.</param>
public sealed partial record MetricRow(string Name, IReadOnlyList<string> Labels, bool IsRare)
{
    /// <summary>All rows of the table.</summary>
    public static IReadOnlyList<MetricRow> All { get; } =
    [
        .. Row().Matches(Checkout.Read("docs", "spec", "OPERATIONS.md")).Select(m => new MetricRow(
            m.Groups["name"].Value,
            [.. Label().Matches(m.Groups["labels"].Value).Select(label => label.Groups[1].Value)],
            m.Groups["meaning"].Value.Contains("from the first one on", StringComparison.Ordinal))),
    ];

    [GeneratedRegex(@"^\| `(?<name>chia_[a-z_]+)` \|(?<labels>[^|]*)\|(?<meaning>.*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z]+)`")]
    private static partial Regex Label();
}
