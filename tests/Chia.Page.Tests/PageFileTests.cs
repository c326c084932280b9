using System.Text;
using System.Text.RegularExpressions;
using Chia.Silo.Page;

namespace Chia.Page.Tests;

/// <summary>What the page's files may not hold: other hosts, markup made of data, script or style that the policy refuses.</summary>
public sealed partial class PageFileTests
{
    public static TheoryData<string> Scripts => [.. PageFile.All.Keys.Where(name => name.EndsWith(".js", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_makes_no_markup_and_asks_no_other_host(string name)
    {
        var text = Text(name);

        Assert.DoesNotMatch(Markup(), text);
        Assert.DoesNotMatch(OtherHost(), text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
    }

    [Fact]
    public void The_document_has_no_script_or_style_of_its_own()
    {
        var text = Text("index.html");

        Assert.DoesNotMatch(Inline(), text);
        Assert.DoesNotMatch(OtherHost(), text);
        Assert.DoesNotMatch(OtherHost(), Text("page.css"));
    }

    [Fact]
    public void Every_import_is_there()
    {
        foreach (var name in PageFile.All.Keys.Where(name => name.EndsWith(".js", StringComparison.Ordinal)))
        {
            var folder = new Uri(new Uri("http://x/"), name);
            Assert.All(
                Import().Matches(Text(name)), match =>
                Assert.Contains(new Uri(folder, match.Groups[1].Value).AbsolutePath[1..], PageFile.All.Keys));
        }
    }

    [Fact]
    public void The_policy_lets_nothing_in_line_and_nobody_else()
    {
        Assert.StartsWith("default-src 'none'", PageEndpoints.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", PageEndpoints.ContentSecurityPolicy);
        Assert.DoesNotContain("http", PageEndpoints.ContentSecurityPolicy);
    }

    private static string Text(string name) => Encoding.UTF8.GetString(PageFile.All[name].Bytes);

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|srcdoc")]
    private static partial Regex Markup();

    [GeneratedRegex(@"(https?:)?//[a-z0-9-]+\.[a-z]", RegexOptions.IgnoreCase)]
    private static partial Regex OtherHost();

    [GeneratedRegex(@"<style|<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex(@"^import .* from ""(\.[^""]+)"";$", RegexOptions.Multiline)]
    private static partial Regex Import();
}
