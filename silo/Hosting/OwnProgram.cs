using System.Diagnostics;

namespace Chia.Silo.Hosting;

/// <summary>How a process of this program is started, whether it is one file, a program beside its assemblies, or an assembly for the
/// runtime's own program.</summary>
internal static class OwnProgram
{
    /// <summary>The program that runs, and what stands before its own arguments.</summary>
    public static string[] Command { get; } = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        // Started by the runtime's own program, we are its first argument.
        ? [Environment.ProcessPath!, Path.GetFullPath(Environment.GetCommandLineArgs()[0])]
        : [Environment.ProcessPath!];

    /// <summary>Of another build: an assembly, or a program.</summary>
    public static string[] CommandOf(string path) => Path.GetExtension(path) == ".dll" ? ["dotnet", path] : [path];

    /// <summary>Ready to be started with these arguments.</summary>
    public static ProcessStartInfo Start(IReadOnlyList<string> command, IEnumerable<string> arguments) =>
        new(command[0], [.. command.Skip(1), .. arguments]);
}
