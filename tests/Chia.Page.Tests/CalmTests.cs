using Chia.Page.Tests.Support;
using Microsoft.Playwright;

namespace Chia.Page.Tests;

/// <summary>What is read again and again does not disturb who reads it: what was opened stays open, the keyboard stays where it is
/// (OPERATIONS 6).</summary>
public sealed class CalmTests(PageSubject subject)
{
    [Fact]
    public async Task What_was_opened_stays_open_when_a_block_comes()
    {
        await using var visit = await subject.Open();
        await visit.ReachesHeight(1);
        await visit.Go("block/1");
        var proof = visit.Page.Locator("main details").First;
        await proof.Locator("summary").ClickAsync();

        // The second answer comes after the first was drawn.
        await visit.Answers("/api/v1/blocks/1");
        await visit.Answers("/api/v1/blocks/1");

        Assert.NotNull(await proof.GetAttributeAsync("open"));
    }

    [Fact]
    public async Task The_keyboard_stays_on_its_button_when_peers_are_read_again()
    {
        await using var visit = await subject.Open("peers");
        var drop = visit.Page.Locator("main button", new() { HasText = "Drop" }).First;
        await drop.FocusAsync();
        var name = await drop.GetAttributeAsync("aria-label");

        await visit.Answers("/api/v1/peers");
        await visit.Answers("/api/v1/peers");

        Assert.Equal(name, await visit.Page.EvaluateAsync<string?>("document.activeElement.getAttribute('aria-label')"));
    }

    [Fact]
    public async Task The_theme_is_chosen_and_remembered()
    {
        await using var visit = await subject.Open("cluster");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Theme: auto" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Theme: light" }).ClickAsync();

        await visit.Page.ReloadAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Theme: dark" }).WaitForAsync();
        Assert.Equal("dark", await visit.Page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
    }
}
