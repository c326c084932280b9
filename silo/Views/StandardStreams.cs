using Microsoft.Win32.SafeHandles;

namespace Chia.Silo.Views;

/// <summary>
/// A program may be started with standard input, output or error closed. The next that is opened takes that number: the runtime's own
/// pipes, a block store. It must not be written to by whoever means the terminal.
/// </summary>
internal static class StandardStreams
{
    /// <summary>Number of standard input.</summary>
    public const int Input = 0;

    /// <summary>Number of standard output.</summary>
    public const int Output = 1;

    /// <summary>Number of standard error.</summary>
    public const int Error = 2;

    /// <summary>O_CLOEXEC, as the kernel writes it (in octal).</summary>
    private const int ClosedOnExec = 0x80000;

    /// <summary>Open for as long as the process runs.</summary>
    private static readonly List<SafeFileHandle> Held = [];

    /// <summary>
    /// Was it open when the program started? What is inherited cannot be marked to be closed at a start, and everything that the runtime
    /// opens is.
    /// </summary>
    public static bool IsInherited(int number)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        try
        {
            return IsInherited(File.ReadAllText($"/proc/self/fdinfo/{number}"));
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>As <see cref="IsInherited(int)"/>, from what the kernel says of a number.</summary>
    public static bool IsInherited(string information)
    {
        const string flags = "flags:";
        var line = information.Split('\n').FirstOrDefault(l => l.StartsWith(flags, StringComparison.Ordinal));
        return line is null || (Convert.ToInt32(line[flags.Length..].Trim(), 8) & ClosedOnExec) == 0;
    }

    /// <summary>Standard input.</summary>
    /// <exception cref="UserException">It was closed when the program started: what has its number now would be waited for for
    /// ever.</exception>
    public static Stream OpenInput() =>
        IsInherited(Input) ? Console.OpenStandardInput() : throw new UserException("there is nothing to read: standard input is closed");

    /// <summary>Standard output, for bytes.</summary>
    /// <exception cref="UserException">It was closed when the program started: what is written would be lost.</exception>
    public static Stream OpenOutput() =>
        IsInherited(Output) ? Console.OpenStandardOutput() : throw new UserException("there is nowhere to write: standard output is closed");

    /// <summary>Takes the numbers that are free. To be called before anything is opened.</summary>
    public static void Hold()
    {
        if (OperatingSystem.IsWindows())
            return;
        while (true)
        {
            var handle = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            if (handle.DangerousGetHandle() > Error)
            {
                handle.Dispose();
                return;
            }

            Held.Add(handle);
        }
    }
}
