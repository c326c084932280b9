using System.Text.Json;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Functional.Tests;

/// <summary>How a node begins and ends.</summary>
public class StartTests
{
    private static readonly ChainVectors Chain = ChainVectors.Small;

    [Fact]
    public async Task A_node_that_is_told_to_stop_closes_what_it_has_and_exits_with_0_and_what_hosts_its_grains_says_nothing()
    {
        using var folder = new TempFolder();
        await RunningNodes.Fill(Chain, folder.Path, Chain.Main.Take(40));
        await using var node = await NodeProcess.Start(Chain, folder.Path, "--introducer", "none");
        await using var peer = await TestPeer.Dial(node.Port);
        await using (await TestPeer.Dial(node.Port, new ChainScript(Chain.Main, announced: 1)))
            await peer.Expect<BlockMessage>(m => m.Block.Height == 40);
        Assert.Equal(new[] { node.Port, node.Rpc.Port }.Order(), ListeningPorts.Of(node.Process.Id));
        Assert.Equal("40", (await Show("--rpc", node.Rpc.ToString())).RootElement.GetProperty("height").ToString());
        Assert.True((await Show("--root", folder.Path)).RootElement.GetProperty("running").GetBoolean());

        node.Process.Terminate();
        Assert.Equal(0, await node.Process.WaitForExit());
        await peer.Closed.Within("the node's end of the connection");
        Assert.Contains("Chain loaded", node.Process.Error);
        Assert.DoesNotContain("Orleans", node.Process.Output + node.Process.Error);
        Assert.DoesNotContain("Polly", node.Process.Output + node.Process.Error);
        // Locks stay, empty: a file that is deleted while another process opens it would lock nothing.
        Assert.Equal(["blocks.db", "blocks.db.lock", "rpc.url.lock"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());

        var rest = (await Show("--root", folder.Path)).RootElement;
        Assert.False(rest.GetProperty("running").GetBoolean());
        Assert.Equal(40, rest.GetProperty("height").GetInt32());
    }

    [Fact]
    public async Task A_node_is_asked_how_it_is_stopped_from_outside_and_then_runs_no_more()
    {
        using var folder = new TempFolder();
        string[] where = ["--root", folder.Path, "--network", Chain.NetworkFile];
        Assert.Contains("no node runs", (await ChiaProcess.Run(["status", .. where])).Must(3).Error);
        await using var node = await NodeProcess.Start(Chain, folder.Path, "--set", "full_node.target_peer_count=0");
        Assert.Contains("synced, height 0", (await ChiaProcess.Run(["status", "--wait", "height=0", .. where])).MustSucceed().Output);
        (await ChiaProcess.Run(["status", "--max-tip-age", "1", .. where])).Must(1);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, await Foreign(node.Rpc));

        var stopped = (await ChiaProcess.Run(["stop", "--json", .. where])).MustSucceed().Output;
        Assert.Equal($"{node.Rpc}", $"{JsonDocument.Parse(stopped).RootElement.GetProperty("stopped")}/");
        Assert.Equal(0, await node.Process.WaitForExit());
        Assert.Matches(@"stopped after \d\d:\d\d:\d\d", node.Process.Output);
        (await ChiaProcess.Run(["stop", .. where])).Must(3);
    }

    private static async Task<System.Net.HttpStatusCode> Foreign(Uri rpc)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(rpc, "/api/status"));
        request.Headers.Host = "evil.example";
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    [Fact]
    public async Task Until_a_height_that_is_there()
    {
        using var folder = new TempFolder();
        var result = await ChiaProcess.Run(
            "start", "full_node", "--network", Chain.NetworkFile, "--root", folder.Path, "--host", "127.0.0.1", "--port", "0",
            "--until-height", "0");
        Assert.Equal(Chain.Main[0].HeaderHash().ToString(), result.MustSucceed()["tip"]);
    }

    [Fact]
    public async Task Until_a_height_that_does_not_come()
    {
        using var folder = new TempFolder();
        var result = await ChiaProcess.Run(
            "start", "full_node", "--network", Chain.NetworkFile, "--root", folder.Path, "--host", "127.0.0.1", "--port", "0",
            "--until-height", "7", "--timeout", "1");
        Assert.Contains("height 7", result.Must(1).Error);
    }

    private static async Task<System.Text.Json.JsonDocument> Show(params string[] where) =>
        System.Text.Json.JsonDocument.Parse(
            (await ChiaProcess.Run(["show", "--json", "--network", Chain.NetworkFile, .. where])).MustSucceed().Output);
}
