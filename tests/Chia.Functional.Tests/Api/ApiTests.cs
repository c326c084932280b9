using System.Net;
using System.Text.Json;
using Chia.Testing;
using static Chia.Functional.Tests.Api.ApiNodeFixture;

namespace Chia.Functional.Tests.Api;

/// <summary>What the endpoints answer that tell of the node and its process, and change them (OPERATIONS 3).</summary>
[Collection(ApiNodeFixture.Collection)]
public sealed class ApiTests(ApiNodeFixture api)
{
    [Fact]
    public async Task Status_has_a_state_the_tips_and_the_roles_that_are_there()
    {
        var status = await api.Get("/api/v1/status");

        Assert.Equal("testnet", Text(status, "network"));
        Assert.Equal("main", Text(status, "node"));
        Assert.StartsWith("0.", Text(status, "version"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, status.GetProperty("reason").ValueKind);
        Assert.True(status.GetProperty("uptime_seconds").GetDouble() > 0);
        Assert.Equal(OnChain[^1].HeaderHash().ToString(), Text(status.GetProperty("tip"), "hash"));
        Assert.Equal(OnChain[^1].Height, status.GetProperty("tip").GetProperty("height").GetUInt32());
        Assert.True(status.GetProperty("tip").GetProperty("age_seconds").GetDouble() > 0);
        Assert.True(status.GetProperty("lca").GetProperty("height").GetUInt32() <= TipHeight);
        Assert.Equal(3, status.GetProperty("tips").GetArrayLength());
        Assert.Equal(Beside.Count, status.GetProperty("orphans").GetProperty("count").GetInt32());
        Assert.True(status.GetProperty("netspace_bytes").GetDouble() > 0);
        Assert.Equal(["full_node", "timelord"], status.GetProperty("roles").EnumerateObject().Select(role => role.Name));
        Assert.Equal(2, status.GetProperty("peers").GetInt32());
    }

    [Fact]
    public async Task Peers_of_every_role_are_listed_and_one_can_be_closed()
    {
        var peers = (await api.Get("/api/v1/peers?role=timelord")).GetProperty("peers");
        var peer = Assert.Single(peers.EnumerateArray());

        Assert.Equal("full_node", Text(peer, "local_role"));
        Assert.Equal("inbound", Text(peer, "direction"));
        Assert.Equal(64, Text(peer, "node_id").Length);
        Assert.Equal(0, peer.GetProperty("score").GetDouble());
        Assert.True(peer.GetProperty("bytes_sent").GetInt64() > 0);
        Assert.Equal(JsonValueKind.Null, peer.GetProperty("height").ValueKind);
        await api.Send(HttpMethod.Delete, "/api/v1/peers/nobody", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_timelord_the_network_and_the_nodes_are_described()
    {
        Assert.True((await api.Get("/api/v1/timelord")).GetProperty("slots").GetInt32() > 0);
        var network = await api.Get("/api/v1/network");
        Assert.Equal(Chain.Main[0].HeaderHash().ToString(), Text(network, "genesis_hash"));
        Assert.Equal(8444, network.GetProperty("ports").GetProperty("full_node").GetInt32());
        Assert.Equal(3, network.GetProperty("constants").GetProperty("number_of_heads").GetInt32());
        Assert.Equal("main", Text(await api.Get("/api/v1/nodes"), "default"));
    }

    [Fact]
    public async Task An_address_is_kept_out_for_a_while_and_let_in_again()
    {
        await api.Send(HttpMethod.Post, "/api/v1/bans", HttpStatusCode.NoContent, """{"address":"203.0.113.5","seconds":60}""");
        var bans = (await api.Get("/api/v1/bans")).GetProperty("bans").EnumerateArray().ToList();
        Assert.Equal(["full_node", "timelord"], bans.Select(ban => Text(ban, "role")));
        Assert.All(bans, ban => Assert.Equal("203.0.113.5/32", Text(ban, "source")));
        Assert.All(bans, ban => Assert.InRange(ban.GetProperty("seconds_left").GetDouble(), 1, 60));

        await api.Send(HttpMethod.Delete, "/api/v1/bans/203.0.113.5", HttpStatusCode.NoContent);
        Assert.Empty((await api.Get("/api/v1/bans")).GetProperty("bans").EnumerateArray());
        await api.Send(HttpMethod.Delete, "/api/v1/bans/203.0.113.5", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Log_levels_are_changed_while_the_node_runs()
    {
        var before = (await api.Get("/api/v1/log-level")).GetProperty("levels");
        Assert.Equal("information", Text(before, "default"));
        Assert.Equal("warning", Text(before, "Microsoft"));
        var after = await api.Send(HttpMethod.Put, "/api/v1/log-level", json: """{"category":"Chia.Silo","level":"debug"}""");
        Assert.Equal("debug", Text(after.GetProperty("levels"), "Chia.Silo"));
    }

    [Fact]
    public async Task The_newest_log_lines_are_kept()
    {
        var text =
            await api.Http.GetStringAsync(new Uri("/api/v1/logs?lines=50", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("Chain loaded", text);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (info|warn) Chia\.", text);
    }

    [Fact]
    public async Task The_cluster_says_where_everything_lives()
    {
        var cluster = await api.Get("/api/v1/cluster");
        var silo = Assert.Single(cluster.GetProperty("silos").EnumerateArray());
        Assert.Equal("active", Text(silo, "status"));
        Assert.Equal(
            ["chain", "sync", "full_node", "timelord"],
            cluster.GetProperty("grains").EnumerateArray().Where(g => Text(g, "silo") == Text(silo, "address"))
                .Select(g => Text(g, "grain")));
        Assert.Equal(2, cluster.GetProperty("gateways").EnumerateArray().Sum(g => g.GetProperty("connections").GetInt32()));
    }

    [Fact]
    public async Task The_api_describes_itself_as_agreed()
    {
        var golden = Checkout.At("tests", "Chia.Functional.Tests", "Api", "openapi.v1.json");
        var text = await api.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken);
        // What is below is changed on purpose only: whoever does, writes the new text there (CHIA_WRITE_GOLDEN=1) and says so in the
        // change log.
        if (Environment.GetEnvironmentVariable("CHIA_WRITE_GOLDEN") == "1")
            await File.WriteAllTextAsync(golden, text, TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllTextAsync(golden, TestContext.Current.CancellationToken), text);
    }

    [Fact]
    public async Task Every_endpoint_is_described()
    {
        using var json = JsonDocument.Parse(
            await api.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken));
        var described = json.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(
                path => path.Value.EnumerateObject().Where(o => o.Name != "parameters")
                .Select(o => $"{o.Name.ToUpperInvariant()} {path.Name}"));
        var mapped = api.Node.Endpoints.Where(e => e.Split(' ')[1].StartsWith("/api/v1/", StringComparison.Ordinal));
        Assert.Equal(mapped.Order(), described.Order());
    }
}
