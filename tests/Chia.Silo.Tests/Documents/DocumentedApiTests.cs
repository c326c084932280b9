using System.Text.Json;
using System.Text.RegularExpressions;
using Chia.Protocol.Outcomes;
using Chia.Silo.Api.Requests;
using Chia.Silo.Api.Shapes;
using Chia.Silo.Status;
using Chia.Testing;

namespace Chia.Silo.Tests.Documents;

/// <summary>The HTTP API is what docs/operations.md and OPERATIONS.md 1 and 3 say it is.</summary>
public sealed partial class DocumentedApiTests
{
    private const string Prefix = "/api/v1/";

    private static string Manual => Checkout.Read("docs", "operations.md");

    private static string Law => Checkout.Read("docs", "spec", "OPERATIONS.md");

    public static TheoryData<string> Documents => [Manual, Law];

    [Theory]
    [MemberData(nameof(Documents), DisableDiscoveryEnumeration = true)]
    public void Endpoints_are_those_that_the_api_describes(string document)
    {
        using var described = JsonDocument.Parse(Checkout.Read("tests", "Chia.Functional.Tests", "Api", "openapi.v1.json"));
        Assert.Equal(
            described.RootElement.GetProperty("paths").EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Where(one => one.Name != "parameters")
                    .Select(one => $"{one.Name.ToUpperInvariant()} {path.Name}"))
                .Order(),
            EndpointsOf(document).Order());
    }

    [Fact]
    public void Methods_and_paths_that_share_a_cell_are_told_apart() =>
        Assert.Equal(
            ["GET /api/v1/bans", "POST /api/v1/bans", "DELETE /api/v1/bans/{address}", "GET /api/v1/farm", "GET /api/v1/farm/plots",
                "POST /api/v1/blocks/{id}/verify"],
            EndpointsOf("""
                | `GET/POST /api/v1/bans`, `DELETE /api/v1/bans/{address}` | |
                | `GET /api/v1/farm?x=1`, `/farm/plots` | |
                | `POST /api/v1/blocks/{height\|hash\|tip}/verify` | |
                """));

    [Fact]
    public void States_are_those_of_the_law() => Assert.Equal(Words<NodeState>(), Listed("`state` is one of "));

    [Fact]
    public void Reasons_are_those_of_the_law() => Assert.Equal(Words<StatusReason>(), Listed("Reasons: "));

    [Fact]
    public void Problem_codes_are_those_of_the_law() => Assert.Equal(Words<ProblemCode>(), Listed("`code` is one of "));

    [Theory]
    [MemberData(nameof(Documents), DisableDiscoveryEnumeration = true)]
    public void Types_of_events_are_those_of_the_document(string document) =>
        Assert.Equal(EventTypes.All, Types().Match(document).Groups[1].Value.Split(','));

    /// <summary>Rows of the table: several spans in a cell share the prefix of the first, and its methods if they name none.</summary>
    private static IEnumerable<string> EndpointsOf(string document)
    {
        foreach (var line in document.Split('\n').Where(line => Row().IsMatch(line)))
        {
            string[] methods = [];
            foreach (var span in Code().Matches(line.Replace("\\|", "¦", StringComparison.Ordinal).Split('|')[1]))
            {
                var words = ((Match)span).Groups[1].Value.Split(' ');
                methods = words.Length > 1 ? words[0].Split('/') : methods;
                if (!words[^1].StartsWith('/'))
                    continue;
                var path = words[^1].Split('?')[0].Replace("{height¦hash¦tip}", "{id}", StringComparison.Ordinal);
                foreach (var method in methods)
                    yield return $"{method} {(path.StartsWith(Prefix, StringComparison.Ordinal) ? path : Prefix + path.TrimStart('/'))}";
            }
        }
    }

    private static IEnumerable<string> Words<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName).Order();

    /// <summary>The words of the first code spans behind a phrase of the law, up to the end of the sentence.</summary>
    private static IEnumerable<string> Listed(string phrase)
    {
        var begin = Law.IndexOf(phrase, StringComparison.Ordinal) + phrase.Length;
        var sentence = Law[begin..Law.IndexOf(". ", begin, StringComparison.Ordinal)];
        return Code().Matches(sentence).SelectMany(m => m.Groups[1].Value.Split(", ")).Where(word => Word().IsMatch(word)).Order();
    }

    [GeneratedRegex(@"^\| `(GET|POST|PUT|DELETE)[A-Z/]* /api/v1/")]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("^[a-z_]+$")]
    private static partial Regex Word();

    [GeneratedRegex(@"/api/v1/events\?types=([a-z,]+)")]
    private static partial Regex Types();
}
