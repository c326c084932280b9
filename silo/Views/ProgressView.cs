using System.Diagnostics;
using System.Globalization;

namespace Chia.Silo.Views;

/// <summary>
/// Progress of long work: one line that is rewritten on a terminal, a plain line every few seconds elsewhere. Done, total, rate, time left.
/// Goes to standard error, so that results can be piped.
/// </summary>
internal sealed class ProgressView : IDisposable
{
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);

    private readonly string _what;
    private readonly string _unit;
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private readonly long _started = Stopwatch.GetTimestamp();
    private double _total;
    private TimeSpan _next;
    private int _width;
    private bool _isDisposed;

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
        var line = Line(done, elapsed, detail);
        if (_isTerminal)
        {
            Console.Error.Write('\r' + line.PadRight(_width));
            _width = line.Length;
        }
        else
        {
            Console.Error.WriteLine(line);
        }
    }

    public void Dispose()
    {
        if (_isTerminal && _width > 0 && !_isDisposed)
            Console.Error.Write('\r' + new string(' ', _width) + '\r');
        _isDisposed = true;
    }

    private string Line(double done, TimeSpan elapsed, string detail)
    {
        var rate = done / Math.Max(elapsed.TotalSeconds, 1e-9);
        var left = rate > 0 && _total > done ? TimeSpan.FromSeconds((_total - done) / rate) : TimeSpan.Zero;
        var percent = _total > 0 ? 100 * done / _total : 0;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{_what}: {done:0.#} of {_total:0.#} {_unit} ({percent:0} %), {rate:0.0} {_unit}/s, {left:hh\\:mm\\:ss} left");
        return detail.Length == 0 ? line : $"{line}, {detail}";
    }
}
