using System.Text;

namespace Chia.Silo.Views;

/// <summary>
/// What stands before standard output and standard error: nothing gets through that steers a terminal. A line that is written is one line,
/// whatever is in it; text written without an end of line keeps its own.
/// </summary>
/// <param name="inner">Where it goes.</param>
/// <param name="isBestEffort">True: that it cannot be written, as when standard error is closed, changes nothing else.</param>
internal sealed class PrintableWriter(TextWriter inner, bool isBestEffort) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Put(value is '\n' or '\r' ? value.ToString() : Printable.Escape(value.ToString()));

    public override void Write(string? value) => Put(Printable.EscapeLines(value));

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(new string(buffer));

    public override void WriteLine(string? value) => Put(Printable.Escape(value) + inner.NewLine);

    public override void WriteLine() => Put(inner.NewLine);

    public override void Flush()
    {
        try
        {
            inner.Flush();
        }
        catch (Exception error) when (isBestEffort && error is (IOException or UnauthorizedAccessException))
        {
            // Nobody listens.
        }
    }

    private void Put(string text)
    {
        try
        {
            inner.Write(text);
        }
        catch (Exception error) when (isBestEffort && error is (IOException or UnauthorizedAccessException))
        {
            // Nobody listens.
        }
    }
}
