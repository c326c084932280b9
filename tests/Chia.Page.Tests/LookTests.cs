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
          return found;
        }
        """;

    [Theory]
    [InlineData(375, ColorScheme.Dark)]
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
}
