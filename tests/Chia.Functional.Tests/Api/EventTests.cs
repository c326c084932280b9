using System.Net;
using System.Text.Json;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Functional.Tests.Api;

/// <summary>What happens is told as it happens (OPERATIONS 3).</summary>
public sealed class EventTests
{
    private static ChainVectors Chain => ChainVectors.Small;

    [Fact]
    public async Task A_new_block_its_tip_and_its_bringer_are_told_and_told_again_to_who_comes_back()
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main.Take(40));
        await using var node = await RunningNodes.Start(Chain, folder.Path);
        using var events = await EventReader.Open(node.RpcUrl, "?types=peer,block,tip");
        using var messages = await EventReader.Open(node.RpcUrl, "?types=message&role=full_node");

        await using var peer = await TestPeer.Dial(node.Port(), new ChainScript(Chain.Main, announced: 1));
        var connected = await events.Next("peer");
        Assert.Equal("connected", connected.GetProperty("outcome").GetString());
        Assert.Equal("full_node", connected.GetProperty("peer_role").GetString());
        var block = await events.Next("block");
        Assert.Equal(40u, block.GetProperty("height").GetUInt32());
        Assert.Equal("added_to_head", block.GetProperty("outcome").GetString());
        var tip = await events.Next("tip");
        Assert.Equal(Chain.Main[40].HeaderHash().ToString(), tip.GetProperty("hash").GetString());
        Assert.True(tip.GetProperty("id").GetInt64() > block.GetProperty("id").GetInt64());

        await peer.DisposeAsync();
        var gone = await events.Next("peer");
        // What was under way to the peer meanwhile is answered by a reset.
        Assert.Contains(gone.GetProperty("outcome").GetString(), new[] { "peer_closed", "broken" });
        Assert.Equal(connected.GetProperty("peer").GetString(), gone.GetProperty("peer").GetString());

        using var again = await EventReader.Open(node.RpcUrl, "?types=block,tip", block.GetProperty("id").ToString());
        Assert.Equal(tip.GetProperty("id").GetInt64(), (await again.Next(_ => true)).GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task A_reorganisation_to_a_peer_that_announces_its_tip_alone_is_told_with_its_depth_and_counted()
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main);
        await using var node = await RunningNodes.Start(Chain, folder.Path);
        using var http = new HttpClient();
        await http.GetStringAsync(new Uri($"{node.RpcUrl}/metrics"), TestContext.Current.CancellationToken); // counts from here on
        using var events = await EventReader.Open(node.RpcUrl, "?types=tip");

        await using var peer = await TestPeer.Dial(node.Port(), new ChainScript(Chain.Fork, announced: 1));
        var left = await events.Next(e => e.GetProperty("depth").ValueKind == JsonValueKind.Number);

        Assert.Equal(Chain.Main[^1].Height - Chain.Branch[0].Height + 1, left.GetProperty("depth").GetUInt32());
        Assert.Matches(
            """(?m)^chia_chain_reorgs_total(\{[^}]*\})? [1-9]""",
            await http.GetStringAsync(new Uri($"{node.RpcUrl}/metrics"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Messages_are_told_while_somebody_watches_them()
    {
        using var folder = new TempFolder();
        await using var node = await RunningNodes.Start(Chain, folder.Path);
        using var messages = await EventReader.Open(node.RpcUrl, "?types=message");

        await using var peer = await TestPeer.Dial(node.Port());
        var told = messages.Next("message");
        // A node asks whether somebody watches only every few seconds, and only while messages come.
        while (!told.IsCompleted)
        {
            await peer.Send(new BlockMessage(Chain.Main[0]));
            await Task.WhenAny(told, Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken));
        }

        var message = await told;
        Assert.Equal("block", message.GetProperty("message").GetString());
        Assert.True(message.GetProperty("bytes").GetInt32() > 0);
        Assert.True(message.GetProperty("milliseconds").GetDouble() > 0);
    }

    [Theory]
    [InlineData("?types=weather", "types must be of tip, block")]
    [InlineData("?role=miner", "role must be one of")]
    [InlineData("?since=yesterday", "since must be")]
    public async Task A_stream_of_nothing_is_refused(string query, string detail)
    {
        using var folder = new TempFolder();
        await using var node = await RunningNodes.Start(Chain, folder.Path);
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri($"{node.RpcUrl}/api/v1/events{query}"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(detail, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Probes_need_no_name_of_this_machine_and_are_told_why_a_node_is_not_ready()
    {
        using var folder = new TempFolder();
        await using var node = await RunningNodes.Start(Chain, folder.Path);
        using var http = new HttpClient();
        Assert.Equal((HttpStatusCode.OK, """{"status":"live"}"""), await Probe(http, node.RpcUrl, "live"));
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, """{"is_ready":false,"state":"no_peers","reasons":["no_peers"]}"""),
            await Probe(http, node.RpcUrl, "ready"));
    }

    private static async Task<(HttpStatusCode, string)> Probe(HttpClient http, string rpc, string what)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{rpc}/health/{what}"));
        request.Headers.Host = "10.0.0.7:8555";
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
