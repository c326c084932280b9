using System.Diagnostics;
using System.Text;
using Chia.Silo.Configuration;

namespace Chia.Silo.Tests.Configuration;

/// <summary>YAML that means no good ends as one line.</summary>
public sealed class YamlTextTests
{
    [Theory]
    [InlineData("[", "")]
    [InlineData("{a: ", "")]
    [InlineData("- ", "")]
    [InlineData("? ", "")]
    [InlineData("[{a: [", "")]
    public void Any_depth_ends_as_one_line(string opening, string rest)
    {
        var text = string.Concat(Enumerable.Repeat(opening, 60_000)) + rest;
        Assert.Contains("deep.yaml", Assert.Throws<UserException>(() => YamlText.Parse(text, "deep.yaml")).Message);
    }

    [Theory]
    [InlineData("? &k [*k]\n: 1\n")]
    [InlineData("&a [*a]")]
    [InlineData("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n")]
    [InlineData("a: *nowhere")]
    public void Aliases_are_refused(string text) => Refused(text);

    [Theory]
    [InlineData("a: 1\na: 2\n")]
    [InlineData("a: b: c")]
    [InlineData("\"unfinished")]
    [InlineData("a: !!binary [")]
    [InlineData("%YAML 9.9\n---\na")]
    [InlineData("---\na\n---\nb\n")]
    [InlineData("a\n\tb: c")]
    public void What_is_no_yaml_is_refused(string text) => Refused(text);

    [Fact]
    public void Long_keys_and_long_texts_are_bounded()
    {
        Refused(new string('k', 2_000) + ": 1\nx: " + new string(']', 10));
        Assert.Contains("at most", Refused(new string('x', YamlText.MaxLength + 1)));
    }

    [Fact]
    public void Json_is_read() => Assert.NotNull(YamlText.Parse("""{"a": [1, {"b": null}]}""", "x"));

    [Fact]
    public void Nothing_is_null() => Assert.Null(YamlText.Parse("# only a remark\n", "x"));

    [Fact]
    public void A_secret_is_not_repeated() =>
        Assert.DoesNotContain(
            "5ec4e7", Assert.Throws<UserException>(() => YamlText.Parse("a: b: 5ec4e7", "keys.yaml", isSecret: true)).Message);

    /// <summary>Whatever is changed in a file: a tree or one line, in no time.</summary>
    [Fact]
    public void Changed_at_random_it_is_read_or_refused()
    {
        var random = new Random(20191214);
        var seed = "network_id: 'x'\nconstants:\n  block_time_target: 10  # seconds\n  list: [a, {b: c}]\nports: {full_node: 8444}\n'q': \"\\u0041\"\nt: |\n  x\n";
        const string letters = "[]{}:,-?&*!|>'\"%@`#\n\t ab0\\~\u0000\ufeff";
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 5_000; i++)
        {
            var text = new StringBuilder(seed);
            for (var change = random.Next(1, 12); change > 0; change--)
            {
                var at = random.Next(text.Length);
                var letter = letters[random.Next(letters.Length)];
                switch (random.Next(3))
                {
                    case 0:
                        text[at] = letter;
                        break;
                    case 1:
                        text.Insert(at, letter.ToString(), random.Next(1, 40));
                        break;
                    default:
                        text.Remove(at, Math.Min(text.Length - at, random.Next(1, 5)));
                        break;
                }
            }

            try
            {
                YamlText.Parse(text.ToString(), "x");
            }
            catch (UserException)
            {
                // Refused in one line.
            }
        }

        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 60);
    }

    private static string Refused(string text) => Assert.Throws<UserException>(() => YamlText.Parse(text, "x")).Message;
}
