using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Cluster.Tests;

/// <summary>Any process of a cluster answers for its nodes over HTTP (OPERATIONS 3, CLUSTER 6).</summary>
public class ApiTests
{
    private const string Token = "a-secret";

    [Fact]
    public async Task Silo_and_gateway_answer_alike_and_only_who_knows_the_token()
    {
        var chain = ChainVectors.Small;
        await using var cluster = await TestCluster.Create(chain, openWith: Token);
        var silo = await cluster.StartSilo();
        var gateway = await cluster.StartGateway();
        await using var peer = await TestPeer.Dial(gateway.Port(), new ChainScript(chain.Main));
        await peer.Expect<BlockMessage>(m => m.Block.Height == chain.Main[^1].Height);

        foreach (var http in new[] { Http(silo.Ready), Http(gateway.Ready) })
        {
            using var stranger = new HttpClient { BaseAddress = http };
            Assert.Equal(HttpStatusCode.Unauthorized, (await Get(stranger, "/api/v1/status")).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await Get(stranger, "/metrics")).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await Get(stranger, "/orleans")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await Get(stranger, "/health/ready")).StatusCode);

            using var client = new HttpClient { BaseAddress = http };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
            await Poll.Until(async () =>
            {
                using var answer = await Get(client, "/api/v1/status");
                if (!answer.IsSuccessStatusCode)
                    return false;
                using var status = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
                return status.RootElement.GetProperty("tip").GetProperty("height").GetUInt32() == chain.Main[^1].Height;
            });
            Assert.Equal(
                chain.Main[7].HeaderHash().ToString(), (await Json(client, "/api/v1/blocks/7")).GetProperty("hash").GetString());
            Assert.Equal(1, (await Json(client, "/api/v1/peers")).GetProperty("peers").GetArrayLength());
            Assert.Equal(
                "Active", (await Json(client, "/api/v1/cluster")).GetProperty("silos")[0].GetProperty("status")
                .GetString(), ignoreCase: true);
            Assert.Contains(
                "chia_chain_height", await (await Get(client, "/metrics"))
                .Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        using var operators = new HttpClient { BaseAddress = Http(silo.Ready) };
        operators.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        Assert.Contains(
            "<html", await (await Get(operators, "/orleans/"))
            .Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }

    private static Uri Http(ReadyLine ready) => new(ready["http"].Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));

    private static Task<HttpResponseMessage> Get(HttpClient client, string path) =>
        client.GetAsync(path, TestContext.Current.CancellationToken);

    private static async Task<JsonElement> Json(HttpClient client, string path)
    {
        using var answer = await Get(client, path);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
