using System.Diagnostics;
using Chia.Page.Tests.Support;
using Chia.Protocol.Primitives;
using Chia.Silo.Bench.Chains;
using Chia.Testing;

namespace Chia.Page.Tests;

/// <summary>A long chain is there at once: only what is in sight is fetched and drawn (OPERATIONS 6).</summary>
public sealed class SpeedTests(PageSubject subject) : IDisposable
{
    private const int Blocks = 10_000;

    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(1);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Of a node that has them in its store: its answers are part of the second.</summary>
    [Fact]
    public async Task Ten_thousand_blocks_are_shown_and_scrolled_through_within_a_second()
    {
        Chromium.Require();
        await SyntheticStore.Fill(_folder.Path, Blocks, TestContext.Current.CancellationToken);
        await using var node = await LoneNode.Start(_folder.Path, Role.FullNode);
        await using var visit = await subject.OpenNode(node.RpcUrl, "live");

        var shown = await Least.Of(() => Load(visit), Promised);
        var scrolled = await Least.Of(() => Scroll(visit), Promised);

        Assert.InRange(shown, TimeSpan.Zero, Promised);
        Assert.InRange(scrolled, TimeSpan.Zero, Promised);
        Assert.InRange(await visit.Page.Locator("table.many tbody tr").CountAsync(), 1, 100);
        TestContext.Current.SendDiagnosticMessage(
            $"10,000 blocks: shown in {shown.TotalMilliseconds:0} ms, the end in {scrolled.TotalMilliseconds:0} ms");
    }

    /// <summary>From the newest block to the first.</summary>
    private static async Task<TimeSpan> Scroll(Visit visit)
    {
        await visit.Page.EvaluateAsync("() => { document.querySelector('.scroll.tall').scrollTop = 0; }");
        await visit.Page.Locator("table.many tbody tr:has-text('9,999')").First.WaitForAsync();
        var start = Stopwatch.GetTimestamp();
        await visit.Page.EvaluateAsync("() => { const s = document.querySelector('.scroll.tall'); s.scrollTop = s.scrollHeight; }");
        await visit.Page.Locator("table.many tbody tr").Filter(new() { HasTextRegex = new("^0") }).First.WaitForAsync();
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task<TimeSpan> Load(Visit visit)
    {
        await visit.Page.GotoAsync("about:blank");
        var start = Stopwatch.GetTimestamp();
        await visit.Go("chain");
        await visit.ReachesHeight(Blocks - 1);
        await visit.Page.Locator("table.many tbody tr:has-text('9,999')").First.WaitForAsync();
        await visit.Page.Locator(".graph a").First.WaitForAsync();
        return Stopwatch.GetElapsedTime(start);
    }
}
