using Chia.Silo.Views;
using Spectre.Console;

namespace Chia.Silo.Tests.Views;

/// <summary>What a line of progress says, and how wide it is.</summary>
public sealed class ProgressViewTests
{
    [Fact]
    public void At_nothing_done_nobody_knows_how_long_it_takes() =>
        Assert.Equal("checking: 0 of 6 plots (0 %), a.dat", Line(0, 6, 0.1, "a.dat"));

    [Fact]
    public void More_than_a_day_is_shown_as_days() =>
        Assert.Equal("checking: 1 of 1001 plots (0 %), 0.0 plots/s, 1 d 03:46:40 left", Line(1, 1001, 100, ""));

    [Fact]
    public void A_tiny_progress_takes_longer_than_anybody_waits() =>
        Assert.EndsWith("over 9999 d left", Line(1e-300, 6, 1, ""), StringComparison.Ordinal);

    [Fact]
    public void Without_a_total_there_is_no_share() =>
        Assert.Equal("checking: 3 plots, 1.5 plots/s", Line(3, 0, 2, ""));

    [Fact]
    public void More_than_was_expected_is_all_of_it() => Assert.Contains("(100 %)", Line(7, 6, 2, ""));

    [Fact]
    public void A_file_name_steers_no_terminal() =>
        Assert.EndsWith(@", a\u001b[2J\nb.dat", Line(0, 6, 1, "a\u001b[2J\nb.dat"), StringComparison.Ordinal);

    [Theory]
    [InlineData(79)]
    [InlineData(20)]
    [InlineData(2)]
    [InlineData(1)]
    [InlineData(0)]
    public void No_line_is_wider_than_the_terminal(int columns)
    {
        foreach (var line in new[] { new string('a', 200), new string('漢', 100), string.Concat(Enumerable.Repeat("😀", 50)), "short" })
        {
            var shown = ProgressView.Fit(line, columns);
            Assert.InRange(shown.GetCellWidth(), 0, columns);
            Assert.True(shown == line || shown.Length == 0 || shown.EndsWith('…'), shown);
        }
    }

    private static string Line(double done, double total, double seconds, string detail) =>
        ProgressView.Line("checking", "plots", done, total, TimeSpan.FromSeconds(seconds), detail);
}
