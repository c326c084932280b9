using Chia.Silo.Simulation;
using Microsoft.Playwright;

namespace Chia.Page.Tests.Support;

/// <summary>One look at the page. At its end nothing may have gone wrong: no error on the console, no request to another host.</summary>
internal sealed class Visit : IAsyncDisposable
{
    /// <summary>How long is waited for what must happen, in milliseconds: far longer than it ever takes, so that a busy machine fails no
    /// test.</summary>
    public const int Patience = 240_000;

    private readonly Uri _home;
    private readonly List<string> _wrong = [];

    public Visit(IPage page, string url, SimulatedNetwork network)
    {
        Page = page;
        Network = network;
        _home = new Uri(url);
        page.PageError += (_, error) => _wrong.Add($"error: {error}");
        page.Console += (_, message) => Take(message);
        page.Request += (_, request) => Take(new Uri(request.Url));
    }

    public IPage Page { get; }

    public SimulatedNetwork Network { get; }

    /// <summary>A node is stopped on purpose: that its answers fail is told on the console by the browser itself.</summary>
    public bool ExpectsRefusals { get; set; }

    /// <summary>Opens a section: <c>"chain"</c>, <c>"block/120"</c>.</summary>
    public async Task Go(string route)
    {
        await Page.GotoAsync(new Uri(_home, route.Length == 0 ? "/" : $"/#/{route}").ToString());
        await Page.Locator("#state:not(:text('connecting'))").WaitForAsync();
    }

    /// <summary>The height that the page shows.</summary>
    public async Task<int> Height() => int.Parse(
        (await Tile("Height").InnerTextAsync())
            .Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The number in a tile.</summary>
    public ILocator Tile(string name) =>
        Page.Locator(".tile", new() { Has = Page.GetByText(name, new() { Exact = true }) }).Locator(".value");

    /// <summary>Waits for the next answer to what the page asks at a path.</summary>
    public Task Answers(string path) => Page.WaitForResponseAsync(
        response => new Uri(response.Url).AbsolutePath == path, new() { Timeout = Patience });

    /// <summary>Waits until the page's chain has this height.</summary>
    public Task ReachesHeight(int height) => Page.WaitForFunctionAsync(
        "height => Number(document.querySelector('.tile .value')?.textContent.replaceAll(',', '')) >= height", height,
        new() { Timeout = Patience });

    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();
        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong));
    }

    private void Take(IConsoleMessage message)
    {
        var isRefusal = message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal);
        if (message.Type == "error" && !(isRefusal && ExpectsRefusals))
            _wrong.Add($"console: {message.Text} {message.Location}");
    }

    private void Take(Uri request)
    {
        if (request.Scheme != "about" && request.Authority != _home.Authority)
            _wrong.Add($"request to {request}");
    }
}
