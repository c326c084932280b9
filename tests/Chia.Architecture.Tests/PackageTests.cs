using System.Text.RegularExpressions;
using Chia.Architecture.Tests.Support;

namespace Chia.Architecture.Tests;

/// <summary>Packages: one place for versions, and a reason in the README for each.</summary>
public sealed partial class PackageTests
{
    private const string Versions = "Directory.Packages.props";
    private const string Heading = "## Dependencies";

    [Fact]
    public void Versions_stand_in_one_place() =>
        Findings.None(Repository.Projects.Select(ProjectFile.Read).SelectMany(p => p.OwnVersions.Select(v => $"{p.Path}: {v}")));

    [Fact]
    public void A_version_of_its_own_is_found() =>
        Assert.Equal(["A", "B"], new ProjectFile("x.csproj", """
            <Project><ItemGroup>
              <PackageReference Include="A" Version="1.0" />
              <PackageReference Include="B"><Version>1.0</Version></PackageReference>
              <PackageReference Include="C" />
            </ItemGroup></Project>
            """).OwnVersions);

    [Fact]
    public void Every_package_that_has_a_version_is_used()
    {
        var used = Repository.Projects.Concat(["tests/TestProject.props"])
            .SelectMany(p => new ProjectFile(p, Repository.Read(p)).Packages).ToHashSet();

        Findings.None(Pinned().Except(used));
    }

    [Fact]
    public void The_readme_gives_a_reason_for_every_package() =>
        Findings.None(Pinned().Except(Explained(Repository.Read("README.md"))));

    [Fact]
    public void The_readme_names_no_package_that_is_gone() =>
        Findings.None(Explained(Repository.Read("README.md")).Except(Pinned()));

    [Fact]
    public void A_row_without_a_reason_explains_nothing() =>
        Assert.Equal(
            ["B"], Explained(
            $"{Heading}\n\n| package | why |\n|---|---|\n| `A` | |\n| `B` | reads bees |\n\n## Next\n| `C` | elsewhere |\n"));

    private static IReadOnlyList<string> Pinned() => new ProjectFile(Versions, Repository.Read(Versions)).OwnVersions;

    /// <summary>Rows of the dependency table: a package in backquotes, then a reason of some words.</summary>
    private static IReadOnlyList<string> Explained(string readme)
    {
        var start = readme.IndexOf(Heading, StringComparison.Ordinal);
        Assert.True(start >= 0, $"the README has no heading '{Heading}'");
        var end = readme.IndexOf("\n## ", start + Heading.Length, StringComparison.Ordinal);
        var section = readme[start..(end < 0 ? readme.Length : end)];
        return [.. Row().Matches(section).SelectMany(m => Name().Matches(m.Groups["names"].Value).Select(n => n.Groups[1].Value))];
    }

    [GeneratedRegex(@"^\| *(?<names>`[^|]+`) *\|(?:[^|\n]*\|)* *[^|\n]*\w+ \w+[^|\n]*\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
