using System.Text;
using Spectre.Console;

namespace Chia.Silo.Views;

/// <summary>The terminal, or what stands in its place. Its raw side is for those who steer it: progress lines and tables.</summary>
internal static class Terminal
{
    /// <summary>Columns of a terminal that does not say how wide it is.</summary>
    public const int UsualWidth = 80;

    /// <summary>Rows of a terminal that does not say how high it is.</summary>
    public const int UsualHeight = 24;

    /// <summary>Standard output is a terminal that can be steered: no file, no pipe, and none that calls itself dumb.</summary>
    public static bool CanSteer => !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    private static TextWriter? _out;
    private static TextWriter? _error;

    /// <summary>Standard output as it is.</summary>
    public static TextWriter RawOut => _out ?? Console.Out;

    /// <summary>Standard error as it is.</summary>
    public static TextWriter RawError => _error ?? Console.Error;

    /// <summary>Columns; a window that is being resized or has none counts as <see cref="UsualWidth"/>.</summary>
    public static int Width => Measure(() => Console.WindowWidth, UsualWidth);

    /// <summary>Rows, likewise.</summary>
    public static int Height => Measure(() => Console.WindowHeight, UsualHeight);

    /// <summary>Where tables are drawn, on the raw side; made when the first one is, for most commands draw none.</summary>
    public static IAnsiConsole Tables => field ??= MakeTables();

    /// <summary>From now on everything written to the console is printable.</summary>
    public static void Guard()
    {
        if (_out is not null)
            return;
        _out = StandardStreams.IsInherited(StandardStreams.Output) ? Console.Out : TextWriter.Null;
        _error = StandardStreams.IsInherited(StandardStreams.Error) ? Console.Error : TextWriter.Null;
        StandardStreams.Hold();
        Console.SetOut(new PrintableWriter(_out, isBestEffort: false));
        Console.SetError(new PrintableWriter(_error, isBestEffort: true));
    }

    private static IAnsiConsole MakeTables()
    {
        // The library looks at the environment only, which says xterm to a pipe as well.
        var isFile = Console.IsOutputRedirected;
        var isColourless = isFile || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new StandardOutput(),
            Ansi = !CanSteer ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isColourless ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
    }

    private static int Measure(Func<int> measure, int otherwise)
    {
        try
        {
            return measure() is var size and > 0 ? size : otherwise;
        }
        catch (IOException)
        {
            return otherwise;
        }
    }

    /// <summary>Standard output for tables.</summary>
    private sealed class StandardOutput : IAnsiConsoleOutput
    {
        /// <summary>Lines of a file are as long as they need to be.</summary>
        private const int FileWidth = 200;

        public TextWriter Writer => RawOut;

        public bool IsTerminal => !Console.IsOutputRedirected;

        // Beyond that, lines of a file are not broken.
        public int Width => IsTerminal ? Terminal.Width : FileWidth;

        public int Height => Terminal.Height;

        public void SetEncoding(Encoding encoding)
        {
            if (IsTerminal)
                Console.OutputEncoding = encoding;
        }
    }
}
