using System.Diagnostics;
using System.Runtime.InteropServices;
using Chia.Silo.Views;

namespace Chia.Silo.Hosting.Processes;

/// <summary>
/// Ends this process at once when its standard input closes. The program that started it holds the other end: the input closes when
/// that program closes it or ends. Signals of the terminal are left to that program.
/// </summary>
internal static class ParentWatch
{
    /// <summary>The option that asks for it.</summary>
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
        if (StandardStreams.IsInherited(StandardStreams.Input))
            AwaitEnd();
        Process.GetCurrentProcess().Kill();
    }

    private static void AwaitEnd()
    {
        using var input = Console.OpenStandardInput();
        var nothing = new byte[256];
        while (input.Read(nothing) > 0)
        {
            // What is written to the input is ignored.
        }
    }

    [DllImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int LeaveTerminal();
}
