using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Chia.Silo.Api.Endpoints;
using Chia.Silo.Api.Requests;

namespace Chia.Silo.Api;

/// <summary>
/// Asks the API of a running node, for the command line. What answers need not be a node of ours, so answers are bounded in length and
/// time.
/// </summary>
internal sealed class ApiClient : IDisposable
{
    /// <summary>Exit code: nothing listens at the address.</summary>
    public const int NotRunning = 3;

    /// <summary>Exit code: the node answered that there is no such thing.</summary>
    private const int NotDone = 1;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The longest answer that is read, bytes: a list of plots is the longest of a node.</summary>
    private const int MaxAnswer = 64_000_000;

    /// <summary>
    /// The longest line that is read of an answer that goes on, bytes: an event has some hundred, a log line with a stack trace some
    /// thousand.
    /// </summary>
    private const int MaxLine = 1_000_000;

    private readonly HttpClient _http;
    private readonly string? _node;
    private readonly string _looked;

    /// <param name="url">Address of the API.</param>
    /// <param name="node">The node that is meant; null for the one that answers if nobody says.</param>
    /// <param name="token">The token, if it wants one.</param>
    /// <param name="looked">Where else a node was looked for; said when none answers.</param>
    /// <exception cref="UserException">It is no address.</exception>
    public ApiClient(string url, string? node, string? token = null, string? looked = null)
    {
        _looked = looked is null ? "" : $", and {looked}: name yours with --root or --rpc";
        if (!Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp)
            throw new UserException($"'{url}' is no address: expected something like http://127.0.0.1:{Node.ApiPort.Default}");
        // No node redirects. A program that does is no node, and its target may be anything.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = address,
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswer
        };
        _node = node;
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The address that it asks.</summary>
    public string Address => _http.BaseAddress!.ToString().TrimEnd('/');

    public async Task<T> Get<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class =>
        Parse(await GetText(path, cancellation), type);

    /// <summary>Reads an answer of this shape.</summary>
    /// <exception cref="UserException">It has another: this is no node, or one of another version.</exception>
    public T Parse<T>(string json, JsonTypeInfo<T> type)
        where T : class => TryParse(Encoding.UTF8.GetBytes(json), type) ?? throw NoNode();

    /// <summary>Reads a text of this shape; null if it has another.</summary>
    public static T? TryParse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, CompleteShapes.Of(type));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>True if something listens at the address, whatever it answers.</summary>
    public async Task<bool> Answers(CancellationToken cancellation)
    {
        try
        {
            await GetText(HealthEndpoints.LivePath, cancellation);
            return true;
        }
        catch (UserException error)
        {
            return error.ExitCode != NotRunning;
        }
    }

    /// <summary>The text of an answer.</summary>
    public Task<string> GetText(string path, CancellationToken cancellation) => Send(HttpMethod.Get, path, null, cancellation);

    /// <exception cref="UserException">Nothing listens there, or the node says why not.</exception>
    public async Task<string> Send(HttpMethod method, string path, string? json, CancellationToken cancellation)
    {
        using var response = await InTime(method, path, json, HttpCompletionOption.ResponseContentRead, cancellation);
        return await Text(response, cancellation);
    }

    /// <summary>The lines of an answer that does not end by itself.</summary>
    public async IAsyncEnumerable<string> Lines(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        using var response = await InTime(HttpMethod.Get, path, null, HttpCompletionOption.ResponseHeadersRead, cancellation);
        var reader = PipeReader.Create(await response.Content.ReadAsStreamAsync(cancellation));
        while (await Line(reader, cancellation) is { } line)
            yield return line;
        await reader.CompleteAsync();
    }

    /// <summary>The bytes of an answer.</summary>
    public async Task<byte[]> GetBytes(string path, CancellationToken cancellation)
    {
        using var response = await InTime(HttpMethod.Get, path, null, HttpCompletionOption.ResponseContentRead, cancellation);
        return await response.Content.ReadAsByteArrayAsync(cancellation);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The next line; null at the end, whichever side ended it.</summary>
    /// <exception cref="UserException">It is longer than any of a node's.</exception>
    private async Task<string?> Line(PipeReader reader, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(cancellation);
                if (read.Buffer.PositionOf((byte)'\n') is { } end)
                {
                    var line = Encoding.UTF8.GetString(read.Buffer.Slice(0, end)).TrimEnd('\r');
                    reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                    return line;
                }

                if (read.Buffer.Length > MaxLine)
                    throw NoNode();
                if (read.IsCompleted)
                    return read.Buffer.IsEmpty ? null : Rest(reader, read.Buffer);
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    private static string Rest(PipeReader reader, ReadOnlySequence<byte> buffer)
    {
        var line = Encoding.UTF8.GetString(buffer);
        reader.AdvanceTo(buffer.End);
        return line;
    }

    /// <summary>
    /// An answer's text, read as UTF-8 whatever the headers say: another program may name encodings that do not exist.
    /// </summary>
    private static async Task<string> Text(HttpResponseMessage response, CancellationToken cancellation) =>
        Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellation));

    /// <summary>As <see cref="Begin"/>, and no longer than a node takes.</summary>
    private async Task<HttpResponseMessage> InTime(
        HttpMethod method, string path, string? json, HttpCompletionOption completion, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Timeout);
        try
        {
            return await Begin(method, path, json, completion, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new UserException($"nothing was answered at {_http.BaseAddress} within {Timeout.TotalSeconds:0} s: the node hangs, or this is another program");
        }
    }

    private async Task<HttpResponseMessage> Begin(
        HttpMethod method, string path, string? json, HttpCompletionOption completion, CancellationToken cancellation)
    {
        var named = _node is null
            ? path
            : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}node={Uri.EscapeDataString(_node)}";
        using var request = new HttpRequestMessage(method, new Uri(named, UriKind.Relative));
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, completion, cancellation);
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConnectionError)
        {
            throw new UserException($"no node answers at {_http.BaseAddress}{_looked}", NotRunning);
        }
        catch (HttpRequestException)
        {
            throw NoNode();
        }

        if (response.IsSuccessStatusCode)
            return response;
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            response.Dispose();
            throw new UserException(
                $"the node at {_http.BaseAddress} wants its token: name the file with --token-file, or CHIA_RPC_TOKEN_FILE");
        }

        using (response)
            throw await Explain(response, cancellation);
    }

    private async Task<UserException> Explain(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            if (TryParse(await response.Content.ReadAsByteArrayAsync(cancellation), ApiJson.Default.Problem) is { } problem)
            {
                return new UserException(
                    problem.Detail, response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable ? NotDone : 2);
            }
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            // Something listens, and ended the answer in its middle.
        }

        return NoNode();
    }

    private UserException NoNode() =>
        new($"what answers at {_http.BaseAddress} is no chia node: give the address that a node printed as rpc=");
}
