using System.Net;
using System.Text.Json;
using Chia.Silo.Status;

namespace Chia.Silo.Api;

/// <summary>
/// Asks a running node. What answers at an address need not be a node: its answer is bounded in length and time, and must have the shape
/// of a status.
/// </summary>
internal static class RpcClient
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of an answer: a peer has 300, and a node has hundreds.</summary>
    private const int MaxAnswer = 4_000_000;

    /// <summary>The status of the node at an address; null if nothing listens there.</summary>
    /// <exception cref="UserException">No address, or what answers there is no node.</exception>
    public static async Task<NodeStatus?> TryRead(string url, CancellationToken cancellation)
    {
        using var client = Connect(url);
        try
        {
            using var response = await client.GetAsync(new Uri(RpcEndpoints.StatusPath, UriKind.Relative), cancellation);
            if (response.StatusCode == HttpStatusCode.OK
                && Parse(await response.Content.ReadAsByteArrayAsync(cancellation)) is { } status)
            {
                return status;
            }
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return null;
        }
        catch (HttpRequestException)
        {
            // It listens, and speaks of something else, or without end.
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new UserException(
                $"nothing was answered at {url} within {Timeout.TotalSeconds:0} s: the node hangs, or this is another program");
        }

        throw new UserException($"what answers at {url} is no chia node: give the address that a node printed as rpc=");
    }

    /// <summary>Tells the node at an address to stop. False if nothing listens there.</summary>
    /// <exception cref="UserException">No address, or it refuses.</exception>
    public static async Task<bool> TryStop(string url, CancellationToken cancellation)
    {
        using var client = Connect(url);
        try
        {
            using var response = await client.PostAsync(new Uri(ApiEndpoints.StopPath, UriKind.Relative), null, cancellation);
            return response.StatusCode == HttpStatusCode.Accepted
                ? true
                : throw new UserException($"the node at {url} does not stop: it answered {(int)response.StatusCode}");
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static HttpClient Connect(string url) =>
        Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp
            ? new HttpClient { BaseAddress = address, Timeout = Timeout, MaxResponseContentBufferSize = MaxAnswer }
            : throw new UserException($"'{url}' is no address: expected something like http://127.0.0.1:40123");

    /// <summary>A status; null if the text is none.</summary>
    public static NodeStatus? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StatusJson.Default.NodeStatus);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
