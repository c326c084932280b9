using System.Xml.Linq;

namespace Chia.Architecture.Tests.Support;

/// <summary>What a project file names, whatever condition stands before it: an arrow counts in every build.</summary>
internal sealed class ProjectFile
{
    private readonly XDocument _xml;

    public ProjectFile(string path, string text)
    {
        Path = path;
        _xml = XDocument.Parse(text);
    }

    /// <summary>Relative to the repository.</summary>
    public string Path { get; }

    /// <summary>The project's name, <c>Chia.</c> included.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>Names of referenced projects.</summary>
    public IReadOnlyList<string> Projects => [.. Includes("ProjectReference").Select(NameOf)];

    public IReadOnlyList<string> Packages => Includes("PackageReference");

    /// <summary>Assemblies referenced as files: a way round every rule about projects.</summary>
    public IReadOnlyList<string> Assemblies => Includes("Reference");

    /// <summary>Files that are compiled although they lie outside the project's folder.</summary>
    public IReadOnlyList<string> SharedSources => [.. Includes("Compile").Where(c => c.Contains("..", StringComparison.Ordinal))];

    public IReadOnlyList<string> Friends => Includes("InternalsVisibleTo");

    /// <summary>File names of imports.</summary>
    public IReadOnlyList<string> Imports =>
        [.. _xml.Descendants("Import").Select(i => (string?)i.Attribute("Project")).OfType<string>().Select(p => p.Split('/')[^1])];

    /// <summary>Items that carry a version of their own.</summary>
    public IReadOnlyList<string> OwnVersions =>
    [
        .. _xml.Descendants()
            .Where(e => e.Name.LocalName is "PackageReference" or "PackageVersion" or "GlobalPackageReference")
            .Where(e => e.Attributes().Any(a => a.Name.LocalName is "Version" or "VersionOverride") || e.Element("Version") is not null)
            .Select(e => (string)e.Attribute("Include")!),
    ];

    public static ProjectFile Read(string path) => new(path, Repository.Read(path));

    private IReadOnlyList<string> Includes(string item) =>
    [
        .. _xml.Descendants(item)
            .Select(e => (string?)e.Attribute("Include"))
            .OfType<string>()
            .SelectMany(i => i.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
    ];

    private static string NameOf(string path) => path.Replace('\\', '/').Split('/')[^1].Replace(".csproj", "", StringComparison.Ordinal);
}
