using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Chia.Silo.Hosting;

/// <summary>
/// For a process that another program started and holds the other end of its standard input: when that closes, since its starter closed it
/// or is no more, it ends at once, as if it had been killed with it. What a terminal signals is for its starter.
/// </summary>
internal static class ParentWatch
{
    /// <summary>Asks for it on the command line.</summary>
    public const string Option = "--until-input-ends";

    public static void Begin()
    {
        // Out of the terminal's group; where there is none, it stays where it is.
        if (!OperatingSystem.IsWindows())
            _ = LeaveTerminal();
        new Thread(Watch) { IsBackground = true, Name = "end of input" }.Start();
    }

    private static void Watch()
    {
        using var input = Console.OpenStandardInput();
        var nothing = new byte[256];
        while (input.Read(nothing) > 0)
        {
            // Whatever is said is not for us.
        }

        Process.GetCurrentProcess().Kill();
    }

    [DllImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int LeaveTerminal();
}
