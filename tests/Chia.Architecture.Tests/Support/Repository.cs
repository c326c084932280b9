using Chia.Testing;

namespace Chia.Architecture.Tests.Support;

/// <summary>The files of the repository, without what builds leave behind. Paths are relative, with forward slashes.</summary>
internal static class Repository
{
    private static readonly string[] RoomFolders = ["grain-interfaces", "grains", "gateway", "silo"];

    private static readonly string[] BuildFolders = ["bin", "obj", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>Every project file, tests included.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        [.. Files(["grain-interfaces", "grains", "gateway", "silo", "tests"], "*.csproj")];

    /// <summary>Source files of the rooms, in path order; tests are not rooms.</summary>
    public static IReadOnlyList<string> RoomSources { get; } = [.. Files(RoomFolders, "*.cs")];

    /// <summary>Source files of the tests.</summary>
    public static IReadOnlyList<string> TestSources { get; } = [.. Files(["tests"], "*.cs")];

    /// <summary>Documents: those of the root and all of <c>docs</c>.</summary>
    public static IReadOnlyList<string> Documents { get; } =
    [
        .. Directory.EnumerateFiles(FullPath(""), "*.md").Select(Path.GetFileName).OfType<string>(),
        .. Files(["docs"], "*.md"),
    ];

    public static string Read(string path) => File.ReadAllText(FullPath(path));

    public static bool Exists(string path) => File.Exists(FullPath(path));

    public static string FullPath(string path) => Checkout.At(path);

    private static IEnumerable<string> Files(string[] folders, string pattern) => folders
        .SelectMany(f => Directory.EnumerateFiles(FullPath(f), pattern, SearchOption.AllDirectories))
        .Select(f => Path.GetRelativePath(Checkout.Root, f).Replace('\\', '/'))
        .Where(f => !f.Split('/').Intersect(BuildFolders).Any())
        .Order(StringComparer.Ordinal);
}
