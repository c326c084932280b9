using System.Text.RegularExpressions;
using Chia.Architecture.Tests.Support;

namespace Chia.Architecture.Tests;

/// <summary>What documents about the code call by its name is there: files, types, members.</summary>
public sealed partial class DocumentNameTests
{
    /// <summary>Where a path of a document may begin, beside the root.</summary>
    private static readonly string[] Roots = ["", "grains/", "grain-interfaces/", "grains/Chia.Grains/", "grains/Chia.Sync/"];

    private static readonly string[] Documents =
        [.. Repository.Documents.Where(d => d is "docs/architecture.md" or "docs/security.md" or "docs/glossary.md" or "CONTRIBUTING.md"
            || d.StartsWith("docs/decisions/", StringComparison.Ordinal))];

    /// <summary>Capitalised words of the documents that are parts of names.</summary>
    private static readonly string[] PartsOfNames = ["Async"];

    /// <summary>Identifiers of each source file, tests included.</summary>
    private static readonly Dictionary<string, HashSet<string>> Identifiers = Repository.RoomSources.Concat(Repository.TestSources)
        .ToDictionary(f => f, f => Word().Matches(SourceText.Code(Repository.Read(f))).Select(m => m.Value).ToHashSet());

    private static readonly HashSet<string> All = [.. Identifiers.Values.SelectMany(words => words)];

    [Fact]
    public void What_documents_name_is_there() =>
        Findings.None(Documents.SelectMany(d => Missing(Repository.Read(d)).Select(name => $"{d}: {name}")));

    [Fact]
    public void The_walks_name_what_they_pass() => Assert.InRange(Names(Repository.Read("docs/architecture.md")).Count(), 40, 1000);

    [Theory]
    [InlineData("`grains/Chia.Grains/Peers/PeerGrian`", "grains/Chia.Grains/Peers/PeerGrian")]
    [InlineData("`Effects/EffectRuner`", "Effects/EffectRuner")]
    [InlineData("`NearSyncWidow` decides", "NearSyncWidow")]
    [InlineData("`GatewayLimits.LargestFrameOfAll`", "GatewayLimits.LargestFrameOfAll")]
    public void What_is_not_there_is_found(string text, string name) => Assert.Equal([name], Missing(text));

    [Theory]
    [InlineData("`gateway/Connections/PeerLink`, `Chia.Consensus/Chain/ChainState`, `tests/`, `Validation/`")]
    [InlineData("`NearSyncWindow`, `GatewayLimits.LargeFrame`, `PeerDirectoryGrain.Register`")]
    [InlineData("`challenge_start`, `chia start`, `{f, d}`, `#if`, `max_inbound + 2 × 64`, `CONSENSUS.md 13.3`, `/api/v1/status`")]
    public void What_is_there_or_is_no_name_is_left_alone(string text) => Assert.Empty(Missing(text));

    private static IEnumerable<string> Missing(string text) => Names(text).Where(name => !IsThere(name)).Distinct();

    private static IEnumerable<string> Names(string text) =>
        Code().Matches(text).Select(m => m.Groups[1].Value).Where(name => PathName().IsMatch(name) || TypeName().IsMatch(name));

    private static bool IsThere(string name)
    {
        if (name.Contains('/', StringComparison.Ordinal))
            return Roots.Select(root => Repository.FullPath(root + name)).Any(path => Path.Exists(path) || Path.Exists(path + ".cs"));
        return name.Split('.') is [var type, var member]
            ? Identifiers.Any(file => IsOf(type, file.Key) && file.Value.Contains(member))
            : All.Contains(name) || PartsOfNames.Contains(name);
    }

    private static bool IsOf(string type, string path) => Path.GetFileName(path).StartsWith(type + ".", StringComparison.Ordinal);

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[A-Za-z][\w.-]*/([\w.-]+/?)*$")]
    private static partial Regex PathName();

    [GeneratedRegex(@"^(?!Chia\.|Orleans\.|Microsoft\.)[A-Z]\w*[a-z]\w*(\.[A-Z]\w+)?$")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
