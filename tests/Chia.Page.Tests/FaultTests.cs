using Chia.Page.Tests.Support;
using Microsoft.Playwright;

namespace Chia.Page.Tests;

/// <summary>What goes wrong is told, with what mends it, and is taken back when it is mended (OPERATIONS 6).</summary>
[CollectionDefinition(Alone, DisableParallelization = true), Collection(Alone)]
public sealed class FaultTests(PageSubject subject)
{
    /// <summary>They break what all others look at.</summary>
    public const string Alone = "what breaks the network";

    [Fact]
    public async Task A_stopped_node_raises_the_banner_and_lowers_it_when_it_is_started()
    {
        await using var visit = await subject.Open();
        visit.ExpectsRefusals = true;
        await visit.ReachesHeight(0);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show node-2" }).ClickAsync();
        await visit.Page.Locator("#state[data-kind='good']").WaitForAsync();
        await visit.Page.Locator(".banner").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Stop node-2" }).ClickAsync();
        await visit.Page.Locator(".banner.bad").GetByText("node-2").WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start node-2" }).ClickAsync();

        await visit.Page.Locator(".banner").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await visit.Page.Locator("#state[data-kind='good']").WaitForAsync();
    }

    [Fact]
    public async Task The_network_is_cut_in_two_and_joined()
    {
        await using var visit = await subject.Open();
        visit.ExpectsRefusals = true;
        await visit.ReachesHeight(0);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cut in two" }).ClickAsync();
        await visit.Page.GetByText("Each half farms for itself").WaitForAsync();
        Assert.True(visit.Network.IsCut);
        Assert.Equal("1", await visit.Page.Locator(".simulation li", new() { HasText = "node-3" }).GetAttributeAsync("data-side"));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Join the halves" }).ClickAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cut in two" }).WaitForAsync();
        Assert.False(visit.Network.IsCut);
        // The halves find each other, and agree again.
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show node-3" }).ClickAsync();
        await visit.ReachesHeight((int)(await visit.Network.Nodes[0].GetStatus())!.Height! + 1);
    }
}
