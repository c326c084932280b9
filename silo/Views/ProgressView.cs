using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Chia.Silo.Views;

/// <summary>
/// Progress of long work: one line that is rewritten on a terminal and never wider than it, a plain line every few seconds elsewhere.
/// Done, total, rate, time left. Goes to standard error, so that results can be piped.
/// </summary>
internal sealed class ProgressView : IDisposable
{
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);

    private readonly string _what;
    private readonly string _unit;
    private readonly bool _isTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
    private readonly long _started = Stopwatch.GetTimestamp();
    private double _total;
    private TimeSpan _next;
    private int _shown;
    private bool _isDisposed;

    /// <param name="what">What is being done.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="total">How many there are to do; 0 if nobody knows.</param>
    public ProgressView(string what, string unit, double total)
    {
        _what = what;
        _unit = unit;
        _total = total;
        _next = _isTerminal ? TimeSpan.Zero : PlainInterval;
    }

    public void Report(double done, string detail, double? total = null)
    {
        _total = total ?? _total;
        var elapsed = Stopwatch.GetElapsedTime(_started);
        if (_isDisposed || elapsed < _next)
            return;
        _next = elapsed + (_isTerminal ? TerminalInterval : PlainInterval);
        var line = Line(_what, _unit, done, _total, elapsed, detail);
        if (_isTerminal)
            Rewrite(Fit(line, Terminal.Width - 1));
        else
            Console.Error.WriteLine(line);
    }

    /// <summary>Prints a result above the line of progress.</summary>
    public void Print(string line)
    {
        if (_isTerminal && _shown > 0)
            Rewrite("");
        Console.Out.WriteLine(line);
    }

    public void Dispose()
    {
        if (_isTerminal && _shown > 0 && !_isDisposed)
            Rewrite("");
        _isDisposed = true;
    }

    /// <summary>What a line says.</summary>
    public static string Line(string what, string unit, double done, double total, TimeSpan elapsed, string detail)
    {
        var rate = elapsed > TimeSpan.Zero ? done / elapsed.TotalSeconds : 0;
        var line = string.Create(CultureInfo.InvariantCulture, $"{what}: {done:0.#}");
        line += total > 0
            ? string.Create(CultureInfo.InvariantCulture, $" of {total:0.#} {unit} ({Math.Clamp(100 * done / total, 0, 100):0} %)")
            : $" {unit}";
        if (rate > 0)
            line += string.Create(CultureInfo.InvariantCulture, $", {rate:0.0} {unit}/s");
        if (rate > 0 && total > done)
            line += $", {Amounts.Duration((total - done) / rate)} left";
        return Printable.Escape(detail.Length == 0 ? line : $"{line}, {detail}");
    }

    /// <summary>As much of a line as fits into so many columns.</summary>
    public static string Fit(string line, int columns)
    {
        if (line.GetCellWidth() <= columns)
            return line;
        const string more = "…";
        var (length, width) = (0, more.GetCellWidth());
        foreach (var rune in line.EnumerateRunes())
        {
            width += rune.ToString().GetCellWidth();
            if (width > columns)
                break;
            length += rune.Utf16SequenceLength;
        }

        return columns < 1 ? "" : line[..length] + more;
    }

    /// <summary>Overwrites what is there, with blanks where the new line is shorter: not every terminal knows how to erase.</summary>
    private void Rewrite(string line)
    {
        var width = line.GetCellWidth();
        var blanks = Math.Max(0, Math.Min(_shown, Terminal.Width - 1) - width);
        try
        {
            Terminal.RawError.Write($"\r{line}{new string(' ', blanks)}{(line.Length == 0 ? "\r" : "")}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Nobody looks.
        }

        _shown = width;
    }
}
