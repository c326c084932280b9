using System.Diagnostics;

namespace Chia.Silo.Hosting.Processes;

/// <summary>
/// How to start a process of this program: as a single file, as a program beside its assemblies, or as an assembly for the runtime's
/// own program.
/// </summary>
internal static class OwnProgram
{
    /// <summary>This program's file, and the arguments that stand before its own.</summary>
    public static string[] Command { get; } = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        // Started by the runtime's own program, we are its first argument.
        ? [Environment.ProcessPath!, Path.GetFullPath(Environment.GetCommandLineArgs()[0])]
        : [Environment.ProcessPath!];

    /// <summary>The same for another build, given its assembly or its program.</summary>
    public static string[] CommandOf(string path) => Path.GetExtension(path) == ".dll" ? ["dotnet", path] : [path];

    /// <summary>A description of the process, with these arguments.</summary>
    public static ProcessStartInfo Start(IReadOnlyList<string> command, IEnumerable<string> arguments) =>
        new(command[0], [.. command.Skip(1), .. arguments]);
}
