using System.Text.RegularExpressions;
using Chia.Silo.Clusters.Definition;
using Chia.Silo.Commands.Options;
using Chia.Silo.Configuration;
using Chia.Testing;

namespace Chia.Silo.Tests.Documents;

/// <summary>Variables of the environment are those that documents and deployments name.</summary>
public sealed partial class DocumentedVariableTests
{
    /// <summary>Read by tests alone.</summary>
    private static readonly string[] OfTests = ["CHIA_LONG_TESTS", "CHIA_TEST_MONGODB"];

    /// <summary>Files that a person reads or runs.</summary>
    private static string[] Everywhere =>
    [
        "README.md", "CONTRIBUTING.md", "SECURITY.md", .. Below("docs", "*.md"), .. Below("deploy", "*"),
    ];

    [Fact]
    public void What_a_document_or_a_deployment_names_is_read() => Assert.Empty(
        from file in Everywhere
        from name in Variable().Matches(Checkout.Read(file)).Select(m => m.Value).Distinct()
        where !EnvironmentVariables.All.Contains(name) && !OfTests.Contains(name)
        select $"{file}: {name}");

    /// <summary>That each setting has one is said of all at once.</summary>
    [Fact]
    public void What_is_read_and_is_no_setting_is_in_the_manual()
    {
        var manual = Variable().Matches(Checkout.Read("docs", "operations.md")).Select(m => m.Value).ToHashSet();
        var settings = ConfigSchema.All.Select(key => key.Variable).Except(ClusterEnvironment.Variables);

        Assert.Subset(manual, EnvironmentVariables.All.Except(settings).ToHashSet());
    }

    private static IEnumerable<string> Below(string folder, string pattern) =>
        Directory.EnumerateFiles(Checkout.At(folder), pattern, SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".bin", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Checkout.Root, file));

    [GeneratedRegex(@"\bCHIA_[A-Z_]*[A-Z]\b")]
    private static partial Regex Variable();
}
