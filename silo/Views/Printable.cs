using System.Globalization;
using System.Text;

namespace Chia.Silo.Views;

/// <summary>
/// Text from outside (a peer, a file's name, another program's answer, the environment) as it may be shown: whatever steers a terminal or
/// turns the direction of writing is spelled out, so that a line stays one line and says what it says.
/// </summary>
internal static class Printable
{
    /// <summary>The text with every control and format character, line separator and lone surrogate spelled out as
    /// <c>\u001b</c>.</summary>
    public static string Escape(string? text) => Escape(text, keepLines: false);

    /// <summary>As <see cref="Escape(string)"/>, but the ends of lines stay what they are: for text of several lines that is our
    /// own.</summary>
    public static string EscapeLines(string? text) => Escape(text, keepLines: true);

    private static string Escape(string? text, bool keepLines)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        StringBuilder? escaped = null;
        for (var i = 0; i < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, i, out var rune);
            var length = isWhole ? rune.Utf16SequenceLength : 1;
            if (isWhole && (IsHarmless(rune) || (keepLines && IsLineEnd(text, i))))
            {
                escaped?.Append(text, i, length);
            }
            else
            {
                escaped ??= new StringBuilder(text, 0, i, text.Length + 16);
                escaped.Append(Spell(isWhole ? rune.Value : text[i]));
            }

            i += length;
        }

        return escaped?.ToString() ?? text;
    }

    private static bool IsHarmless(Rune rune) => rune.Value is >= ' ' and < 0x7f
        || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);

    private static bool IsLineEnd(string text, int i) =>
        text[i] == '\n' || (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n');

    private static string Spell(int value) => value switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        <= char.MaxValue => string.Create(CultureInfo.InvariantCulture, $@"\u{value:x4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $@"\U{value:x8}"),
    };
}
