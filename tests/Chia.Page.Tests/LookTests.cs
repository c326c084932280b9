using Chia.Page.Tests.Support;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Chia.Page.Tests;

/// <summary>Every section, narrow and wide, light and dark: nothing overlaps or is cut off, and everybody can use it
/// (OPERATIONS 6).</summary>
public sealed class LookTests(PageSubject subject)
{
    private static readonly string[] Sections = ["chain", "block/1", "farm", "timelord", "peers", "cluster", "live"];

    /// <summary>What lies over something else, or goes beyond the window.</summary>
    private const string Overlaps = """
        () => {
          const found = [];
          if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
            found.push(`the page is ${document.documentElement.scrollWidth} wide in a window of ${document.documentElement.clientWidth}`);
          const parts = [...document.querySelectorAll(".card, .tile, .banner, .simulation, footer, .bar > *, .facts > *, main h2, main button, main input")]
            .filter(part => part.checkVisibility() && part.getClientRects().length > 0 && part.id !== "answer");
          const name = part => `${part.tagName}.${part.className} "${part.textContent.slice(0, 20)}"`;
          parts.forEach((one, i) => parts.slice(i + 1).forEach(other => {
            if (one.contains(other) || other.contains(one) || one.closest(".scroll") !== other.closest(".scroll")) return;
            if (Boolean(one.closest(".top")) !== Boolean(other.closest(".top"))) return;
            const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
            const [width, height] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
            if (width > 1 && height > 1) found.push(`${name(one)} over ${name(other)}`);
          }));
          for (const chart of document.querySelectorAll(".chart > svg"))
            if (Math.abs(chart.viewBox.baseVal.width - chart.clientWidth) > 4)
              found.push(`"${chart.getAttribute("aria-label")}" is drawn ${chart.viewBox.baseVal.width} wide and shown ${chart.clientWidth}: its words are not of their size`);
          return found;
        }
        """;

    [Theory]
    [InlineData(375, ColorScheme.Dark)]
    [InlineData(1024, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    public async Task No_section_overlaps_or_keeps_anybody_out(int width, ColorScheme scheme)
    {
        await using var visit = await subject.Open("", width, 900, scheme);
        await visit.ReachesHeight(2);
        foreach (var section in Sections)
        {
            await visit.Go(section);
            await visit.Page.Locator("main h1, main h2").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await visit.Page.WaitForFunctionAsync("() => !/Reading/.test(document.querySelector('main').textContent)");

            Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Overlaps));
            var result = await visit.Page.RunAxe();
            Assert.True(
                result.Violations.Length == 0,
                $"{section} at {width}: " + string.Join(
                    "; ", result.Violations.Select(v => $"{v.Id}: {v.Help}: {string.Join(", ", v.Nodes.Select(n => n.Html).Take(3))}")));
        }
    }

    [Fact]
    public async Task Names_of_strangers_are_text_and_break_nothing()
    {
        const string Hostile = "<img src=x onerror=alert(1)>\u202e";
        var name = Hostile + new string('x', 300);
        await using var visit = await subject.Open("", 375, 900);
        await visit.Page.RouteAsync("**/api/v1/peers*", route => route.FulfillAsync(new() { Json = new { peers = new[] { Stranger(name) } } }));

        await visit.Go("peers");
        await visit.Page.Locator("main td", new() { HasText = "onerror" }).WaitForAsync();

        Assert.Equal(0, await visit.Page.Locator("main img").CountAsync());
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Overlaps));
    }

    private static object Stranger(string name) => new
    {
        id = name,
        node_id = name,
        host = name,
        address = name,
        role = "full_node",
        local_role = "full_node",
        direction = "inbound",
        connected_seconds = 7,
        bytes_received = 1,
        bytes_sent = 2,
        height = 3,
        score = 4,
    };
}
