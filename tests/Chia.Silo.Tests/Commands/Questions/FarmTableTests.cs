using Chia.Silo.Api.Shapes;
using Chia.Silo.Commands.Questions;

namespace Chia.Silo.Tests.Commands.Questions;

/// <summary>What <c>chia farm challenges</c> prints (OPERATIONS: every table fits 80 columns).</summary>
public sealed class FarmTableTests
{
    private static readonly string Challenge = new('a', 64);

    [Fact]
    public void Its_headings_stand_above_what_they_name()
    {
        var lines = FarmCommand.Table([new ChallengeRow(Challenge, 1_234_567, 1, 1, 200_000, 10_000, 6, 5, 4, 123_456_789_012)]).ToList();

        Assert.Equal(2, lines.Count);
        Assert.Equal(
            [("HEIGHT", "1234567"), ("AGE", "2d07h"), ("QUALITIES", "10000"), ("PROOFS", "5"), ("SIGNED", "4"), ("BEST", "123456789012")],
            Columns(lines[0]).Zip(Columns(lines[1])).Where(pair => pair.First.Text != "CHALLENGE").Select(pair =>
            {
                Assert.Equal(pair.First.End, pair.Second.End);
                return (pair.First.Text, pair.Second.Text);
            }));
        Assert.Equal(lines[0].IndexOf("CHALLENGE", StringComparison.Ordinal), lines[1].IndexOf('a', StringComparison.Ordinal));
    }

    [Fact]
    public void It_fits_whatever_comes()
    {
        var lines = FarmCommand.Table(
        [
            new ChallengeRow(Challenge, 9_999_999, ulong.MaxValue, ulong.MaxValue, 1e9, 10_000, 10_000, 9_999, 9_999, ulong.MaxValue),
            new ChallengeRow(Challenge, 0, 0, 1, 0, 0, 0, 0, 0, null),
        ]);

        Assert.All(lines, line => Assert.InRange(line.Length, 1, 80));
    }

    private static IEnumerable<(string Text, int End)> Columns(string line)
    {
        for (var (at, rest) = (0, line.Split(' ')); at < rest.Length; at++)
        {
            if (rest[at].Length > 0)
                yield return (rest[at], rest.Take(at + 1).Sum(word => word.Length + 1));
        }
    }
}
