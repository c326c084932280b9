using System.Diagnostics;
using Chia.Page.Tests.Support;
using Microsoft.Playwright;

namespace Chia.Page.Tests;

/// <summary>The chain, its blocks, and the search for them (OPERATIONS 6).</summary>
public sealed class ChainTests(PageSubject subject)
{
    /// <summary>From a block's being the node's tip to its being seen.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_new_block_appears_without_reload_within_two_seconds()
    {
        await using var visit = await subject.Open();
        await visit.ReachesHeight(2);
        await visit.Page.EvaluateAsync("window.notReloaded = true");
        var node = visit.Network.Nodes[0];
        uint height = 0;
        var seen = await Least.Of(
            async () =>
            {
                var before = (await node.GetStatus())!.Height!.Value;
                while ((height = (await node.GetStatus())!.Height!.Value) <= before)
                    await Task.Delay(20, TestContext.Current.CancellationToken);
                var since = Stopwatch.GetTimestamp();
                await visit.ReachesHeight((int)height);
                return Stopwatch.GetElapsedTime(since);
            },
            Promised);

        Assert.InRange(seen, TimeSpan.Zero, Promised);
        await visit.Page.Locator($".graph a[aria-label^='Block {height},']").First.WaitForAsync();
        await visit.Page.Locator($"table.many tbody tr:has-text('{height}')").First.WaitForAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.notReloaded === true"));
    }

    [Fact]
    public async Task From_the_fork_graph_to_a_block_to_its_parent_by_clicks()
    {
        await using var visit = await subject.Open();
        await visit.ReachesHeight(3);

        // The graph shows the newest blocks only, and goes on growing: one below the tip stays in it long enough.
        var height = await visit.Height() - 1;
        await visit.Page.Locator($".graph a[aria-label^='Block {height},']").First.ClickAsync();
        await visit.Page.GetByRole(AriaRole.Heading, new() { Name = $"Block {height}", Exact = true }).WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "← parent" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Heading, new() { Name = $"Block {height - 1}", Exact = true }).WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "child" }).First.ClickAsync();

        await visit.Page.GetByRole(AriaRole.Heading, new() { Name = $"Block {height}", Exact = true }).WaitForAsync();
    }

    [Fact]
    public async Task A_block_is_verified_again()
    {
        await using var visit = await subject.Open();
        await visit.ReachesHeight(1);
        await visit.Go("block/1");
        await visit.Page.GetByText("0.762").First.WaitForAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Verify again" }).ClickAsync();

        await visit.Page.Locator("#verdict").GetByText("valid", new() { Exact = true }).WaitForAsync();
        Assert.Equal(4, await visit.Page.Locator("#verdict dt").CountAsync());
    }

    [Fact]
    public async Task The_search_finds_by_height_and_by_hash_from_the_keyboard()
    {
        await using var visit = await subject.Open();
        await visit.ReachesHeight(2);

        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.Keyboard.TypeAsync("1");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Block 1", Exact = true }).WaitForAsync();
        var hash = await visit.Page.Locator("main .facts dd").First.InnerTextAsync();
        await visit.Go("block/2");
        await visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Block 2", Exact = true }).WaitForAsync();
        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.Keyboard.TypeAsync(hash);
        await visit.Page.Keyboard.PressAsync("Enter");

        await visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Block 1", Exact = true }).WaitForAsync();
    }

    [Theory]
    [InlineData("4000000", "There is no block at height 4,000,000")]
    [InlineData("<img src=x onerror=alert(1)>", "Type a height")]
    [InlineData("deadbeefdeadbeef", "A hash has 64 digits; this one has 16")]
    public async Task The_search_answers_rubbish_in_words(string rubbish, string answer)
    {
        await using var visit = await subject.Open();
        await visit.ReachesHeight(0);

        await visit.Page.FillAsync("#query", rubbish);
        await visit.Page.Keyboard.PressAsync("Enter");

        await visit.Page.Locator("#answer").GetByText(answer).WaitForAsync();
        Assert.Equal(0, await visit.Page.Locator("#answer img").CountAsync());
        Assert.DoesNotContain("#/block", visit.Page.Url);
    }

    [Fact]
    public async Task The_search_says_of_an_unknown_hash_that_it_is_unknown()
    {
        await using var visit = await subject.Open();
        visit.ExpectsRefusals = true;

        await visit.Page.FillAsync("#query", new string('a', 64));
        await visit.Page.Keyboard.PressAsync("Enter");

        await visit.Page.Locator("#answer").GetByText("no block with that hash").WaitForAsync();
    }
}
