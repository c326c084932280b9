using System.Text.Json;
using Chia.Functional.Tests.Support;

namespace Chia.Functional.Tests.Api;

/// <summary>Reads server-sent events as a browser does.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly StreamReader _lines;

    private EventReader(Stream stream) => _lines = new StreamReader(stream);

    /// <summary>Opens the stream; once this is done it is watched.</summary>
    public static async Task<EventReader> Open(string rpc, string query, string? lastEventId = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{rpc}/api/v1/events{query}"));
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var client = new HttpClient();
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new EventReader(await response.Content.ReadAsStreamAsync(cancellation));
    }

    /// <summary>The next event that fits; its fields id and event are those of its data.</summary>
    public async Task<JsonElement> Next(Func<JsonElement, bool> fits)
    {
        var (id, type) = ("", "");
        while (await _lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().Within("an event") is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                type = line[7..];
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
                continue;
            using var json = JsonDocument.Parse(line[6..]);
            Assert.Equal(id, json.RootElement.GetProperty("id").ToString());
            Assert.Equal(type, json.RootElement.GetProperty("type").GetString());
            if (fits(json.RootElement))
                return json.RootElement.Clone();
        }

        throw new EndOfStreamException("the events ended");
    }

    /// <summary>The next event of a type.</summary>
    public Task<JsonElement> Next(string type) => Next(e => e.GetProperty("type").GetString() == type);

    public void Dispose()
    {
        _lines.Dispose();
    }
}
