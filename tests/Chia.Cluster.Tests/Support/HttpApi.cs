using System.Net;
using System.Text.Json;

namespace Chia.Cluster.Tests.Support;

/// <summary>What a process of a cluster answers over HTTP.</summary>
internal sealed class HttpApi(string address) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = new Uri(address) };

    /// <summary>The answer, and its status.</summary>
    public async Task<(HttpStatusCode Code, string Text)> Get(string path)
    {
        using var answer = await _client.GetAsync(path, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The answer, which must be good.</summary>
    public async Task<JsonElement> Json(string path)
    {
        var (code, text) = await Get(path);
        Assert.True(code == HttpStatusCode.OK, $"{path}: {code} {text}");
        return Parse(text);
    }

    /// <summary>Whether there is an answer just now that is as it should be: while silos come and go there may be none.</summary>
    public async Task<bool> Says(string path, Func<JsonElement, bool> isRight) =>
        await Get(path) is (HttpStatusCode.OK, var text) && isRight(Parse(text));

    private static JsonElement Parse(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    public void Dispose() => _client.Dispose();
}
