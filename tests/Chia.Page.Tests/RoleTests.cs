using System.Collections.Concurrent;
using Chia.Page.Tests.Support;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Page.Tests;

/// <summary>The page asks for the roles that are played, of the nodes that play them, and says in words what is not there
/// (OPERATIONS 6).</summary>
public sealed class RoleTests(PageSubject subject) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_node_alone_is_not_asked_for_a_farm_or_a_timelord()
    {
        Chromium.Require();
        await using var node = await LoneNode.Start(_folder.Path, Role.FullNode);
        await using var visit = await subject.OpenNode(node.RpcUrl, "farm");
        var asked = new ConcurrentQueue<string>();
        visit.Page.Request += (_, request) => asked.Enqueue(new Uri(request.Url).AbsolutePath);

        await visit.Page.GetByText("Nobody farms here").First.WaitForAsync();
        await visit.Go("timelord");
        await visit.Page.GetByText("No timelord runs here").WaitForAsync();

        // The banner says what is wrong with a node that nobody is connected to, and the reading of its status goes on.
        await visit.Page.Locator(".banner").GetByText("chia peers add").WaitForAsync();
        await visit.Answers("/api/v1/status");
        Assert.DoesNotContain(asked, path => path.StartsWith("/api/v1/farm", StringComparison.Ordinal) || path == "/api/v1/timelord");
    }

    [Fact]
    public async Task An_introducer_has_no_chain_and_says_so_wherever_one_would_be()
    {
        Chromium.Require();
        await using var node = await LoneNode.Start(_folder.Path, Role.Introducer);
        await using var visit = await subject.OpenNode(node.RpcUrl, "");

        await visit.Page.GetByText("There is none yet.").WaitForAsync();
        Assert.Equal(4, await visit.Page.GetByText("This node has no chain.").CountAsync());
        Assert.Equal("idle", await visit.Page.Locator("#state").InnerTextAsync());
    }

    [Fact]
    public async Task In_a_simulation_the_nodes_that_play_a_role_are_asked()
    {
        await using var visit = await subject.Open("farm");
        await visit.Page.GetByText("Proofs per challenge").WaitForAsync();
        var asked = new ConcurrentQueue<string>();
        visit.Page.Request += (_, request) => asked.Enqueue(new Uri(request.Url).PathAndQuery);

        // The next question, not the answer to one that was asked before anybody listened.
        var question = await visit.Page.WaitForRequestAsync(request => request.Url.Contains("/farm/challenges", StringComparison.Ordinal));
        await visit.Go("timelord");
        await visit.Page.GetByText("iterations of one evaluation").WaitForAsync();

        Assert.Equal("/api/v1/farm/challenges?node=farmer", new Uri(question.Url).PathAndQuery);
        Assert.Contains("/api/v1/timelord?node=timelord", asked);
    }

    [Fact]
    public async Task In_a_simulation_a_node_has_its_name_and_the_farm_is_told_whole()
    {
        await using var visit = await subject.Open("cluster");

        Assert.Equal(
            "node-2",
            await visit.Page.EvaluateAsync<string>("async () => (await (await fetch('/api/v1/status?node=node-2')).json()).node"));
        Assert.True(await visit.Page.EvaluateAsync<bool>(
            "async () => { const farm = await (await fetch('/api/v1/farm')).json(); return Boolean(farm.farmer && farm.harvester); }"));
    }
}
