using System.Net;
using System.Net.Sockets;
using System.Text;
using Chia.Silo.Api;
using Chia.Silo.Api.Requests;

namespace Chia.Silo.Tests.Api;

/// <summary>Whatever listens at an address: the command line says that it is no node, in one line, and does not follow it.</summary>
public sealed class ForeignAnswerTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ForeignAnswerTests() => _listener.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _listener.Dispose();

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"peers": null}""")]
    [InlineData("""{"peers": [{}]}""")]
    [InlineData("""{"height": -1e400}""")]
    public Task An_answer_of_which_something_is_missing(string json) => IsNoNode(Ok("application/json", json));

    [Fact]
    public Task An_encoding_that_there_is_not() => IsNoNode(Ok("application/json; charset=nonsense", "[]"));

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://[::")]
    [InlineData("/elsewhere")]
    public Task Another_address(string location) =>
        IsNoNode($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"detail": null}""")]
    [InlineData("[")]
    public Task A_problem_without_a_word(string json) =>
        IsNoNode($"HTTP/1.1 500 Oh\r\nContent-Length: {json.Length}\r\n\r\n{json}");

    [Fact]
    public async Task A_line_without_an_end()
    {
        var answering = Answer("HTTP/1.1 200 OK\r\n\r\n", () => new string('x', 100_000));
        using var client = Client();
        var error = await Assert.ThrowsAsync<UserException>(async () =>
        {
            await foreach (var _ in client.Lines("/events", Token))
                Assert.Fail("there is no line");
        });
        Assert.Contains("no chia node", error.Message, StringComparison.Ordinal);
        client.Dispose();
        await answering;
    }

    [Fact]
    public async Task Lines_are_read_as_they_come_and_the_last_one_needs_no_end()
    {
        var answering = Answer("HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\none\r\n\ntwo\nlast");
        using var client = Client();
        List<string> lines = [];
        await foreach (var line in client.Lines("/logs", Token))
            lines.Add(line);
        Assert.Equal(["one", "", "two", "last"], lines);
        await answering;
    }

    private static string Ok(string type, string body) =>
        $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private ApiClient Client() => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}", node: null);

    private async Task IsNoNode(string answer)
    {
        var answering = Answer(answer);
        using var client = Client();
        var error = await Assert.ThrowsAsync<UserException>(() => client.Get("/api/v1/peers", ApiJson.Default.PeerList, Token));
        Assert.Contains("no chia node", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.ExitCode);
        await answering;
    }

    /// <summary>Answers one question, and then says the same thing until nobody listens any more.</summary>
    private async Task Answer(string answer, Func<string>? andThen = null)
    {
        using var asked = await _listener.AcceptTcpClientAsync(Token);
        var stream = asked.GetStream();
        _ = await stream.ReadAsync(new byte[4096], Token);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), Token);
        try
        {
            while (andThen is not null)
                await stream.WriteAsync(Encoding.UTF8.GetBytes(andThen()), Token);
        }
        catch (IOException)
        {
            // It has heard enough.
        }
    }
}
