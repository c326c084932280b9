using Chia.Silo.Views;

namespace Chia.Silo.Tests.Views;

/// <summary>Nothing from outside steers a terminal.</summary>
public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain text, ümläut, 漢字, 😀", "plain text, ümläut, 漢字, 😀")]
    [InlineData("a\u001b[2Jb", @"a\u001b[2Jb")]
    [InlineData("a\nb\r\tc", @"a\nb\r\tc")]
    [InlineData("\u0000\u007f\u0085\u009b31m", @"\u0000\u007f\u0085\u009b31m")]
    [InlineData("evil\u202etxt.exe", @"evil\u202etxt.exe")]
    [InlineData("\u2066\u2069\u200b\ufeff\u2028\u2029", @"\u2066\u2069\u200b\ufeff\u2028\u2029")]
    [InlineData("\U000E0041", @"\U000e0041")]
    public void What_steers_is_spelled_out(string text, string shown) => Assert.Equal(shown, Printable.Escape(text));

    [Theory]
    [InlineData(0xd800)]
    [InlineData(0xdfff)]
    public void Half_a_character_is_spelled_out(int half) =>
        Assert.Equal($"a\\u{half:x4}b", Printable.Escape($"a{(char)half}b"));

    [Fact]
    public void Lines_of_our_own_text_stay_lines()
    {
        Assert.Equal("a\nb\r\nc\\rd", Printable.EscapeLines("a\nb\r\nc\rd"));
        Assert.Equal("", Printable.Escape(null));
    }

    [Fact]
    public void Nothing_that_is_escaped_holds_a_control_character()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, 20).Select(_ => (char)random.Next(random.Next(2) == 0 ? 0x100 : 0x10000))]);
            var shown = Printable.Escape(text);
            Assert.DoesNotContain(
                shown, c => char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format);
            Assert.Equal(shown, Printable.Escape(shown));
        }
    }

    [Fact]
    public void A_line_that_is_written_is_one_line()
    {
        var inner = new StringWriter { NewLine = "\n" };
        var writer = new PrintableWriter(inner, isBestEffort: false);
        writer.WriteLine("chia: no file a\nb\u001b[0m");
        writer.Write("a\nb\u001b\n");
        writer.Write('\u001b');
        writer.WriteLine();
        Assert.Equal("chia: no file a\\nb\\u001b[0m\na\nb\\u001b\n\\u001b\n", inner.ToString());
    }

    [Fact]
    public void Standard_error_that_is_closed_changes_nothing_and_standard_output_does()
    {
        new PrintableWriter(new ClosedWriter(), isBestEffort: true).WriteLine("nobody listens");
        Assert.Throws<IOException>(() => new PrintableWriter(new ClosedWriter(), isBestEffort: false).WriteLine("a result"));
    }

    private sealed class ClosedWriter : StringWriter
    {
        public override void Write(string? value) => throw new IOException("closed");
    }
}
