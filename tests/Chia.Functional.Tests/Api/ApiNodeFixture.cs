using System.Net;
using System.Text.Json;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Chia.Testing;

namespace Chia.Functional.Tests.Api;

/// <summary>A full node and a timelord that hold small40 with its fork, and a client of their API. For tests that change
/// nothing that another looks at.</summary>
[CollectionDefinition(Collection)]
public sealed class ApiNodeFixture : IAsyncLifetime, ICollectionFixture<ApiNodeFixture>
{
    internal const string Collection = "a node's API";

    internal const uint TipHeight = 42;

    private readonly TempFolder _folder = new();
    private RunningNode? _node;

    internal static ChainVectors Chain => ChainVectors.Small;

    /// <summary>The fork is the heavier branch.</summary>
    internal static IReadOnlyList<FullBlock> OnChain => Chain.Fork;

    internal static IReadOnlyList<FullBlock> Beside => [.. Chain.Main.Skip((int)Chain.Branch[0].Height)];

    internal RunningNode Node => _node!;

    internal HttpClient Http { get; } = new() { Timeout = Deadline.Length };

    internal static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    public async ValueTask InitializeAsync()
    {
        await RunningNodes.Fill(Chain, _folder.Path, Chain.Main.Concat(Chain.Branch));
        _node = await NodeHost.Start(
            new NodeSettings
            {
                Network = Chain.Network,
                Root = _folder.Path,
                Roles =
                [
                    new RoleSettings(Role.FullNode, 0) { Address = IPAddress.Loopback },
                    new RoleSettings(Role.Timelord, 0) { Address = IPAddress.Loopback, ConnectLocal = [Role.FullNode] },
                ],
                Api = ApiPort.Free,
                Logging = _ => { },
            },
            TestContext.Current.CancellationToken);
        Http.BaseAddress = new Uri(_node.RpcUrl);
        await Connected().Within("the timelord's connection");
    }

    private async Task Connected()
    {
        // Both ends of the connection between the roles of this process.
        while ((await _node!.Api.Status.Gather()).Peers.Count < 2)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
    }

    /// <summary>The answer's JSON; it must have this status.</summary>
    internal async Task<JsonElement> Get(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return await Read(response, expected);
    }

    /// <summary>As <see cref="Get"/>.</summary>
    internal async Task<JsonElement> Send(HttpMethod method, string path, HttpStatusCode expected = HttpStatusCode.OK, string? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (json is not null)
            request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Read(response, expected);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_node is not null)
            await _node.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<JsonElement> Read(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(expected == response.StatusCode, $"{response.StatusCode}: {text}");
        if (text.Length == 0)
            return default;
        var isProblem = (int)expected >= 400;
        Assert.Equal(isProblem ? "application/problem+json" : "application/json", response.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }
}
