using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.Protocol.Messages;
using Chia.Testing;

namespace Chia.Cluster.Tests;

/// <summary>Processes of a cluster as their operator sees them: traces that go through all of them, and a changed file
/// (OPERATIONS 2, 4).</summary>
public class OperateTests
{
    [Fact]
    public async Task A_block_is_one_trace_over_the_gateway_that_got_it_the_silo_that_stored_it_and_the_gateway_that_told_it()
    {
        var chain = ChainVectors.Small;
        await using var collector = new TraceCollector();
        await using var cluster = await TestCluster.Create(chain);
        cluster.Environment = collector.Environment;
        await cluster.StartSilo();
        var gateway = await cluster.StartGateway();

        await using (var witness = await TestPeer.Dial(gateway.Port()))
        await using (var peer = await TestPeer.Dial(gateway.Port()))
        {
            await peer.Send(new BlockMessage(chain.Main[1]));
            await witness.Expect<BlockMessage>(m => m.Block.Height == 1);
        }

        await Poll.Until(
            () => Task.FromResult(IsWhole(collector.Spans)),
            () => string.Join('\n', collector.Spans.Select(span => $"{span.Trace} {span.Parent}>{span.Id} {span.Name} of {span.Process[^8..]}")));
    }

    [Fact]
    public async Task Levels_and_peers_of_a_changed_cluster_file_are_taken_over_and_a_mistake_changes_nothing()
    {
        var chain = ChainVectors.Small;
        await using var cluster = await TestCluster.Create(chain);
        var silo = await cluster.StartSilo();
        var gateway = await cluster.StartGateway();
        await using var friend = new TestListener(new PeerScript());

        await cluster.Write(chain, TestCluster.FullNode("main"), more: "log_levels: Chia.Gateway=loud");
        await Poll.Until(() => Task.FromResult(Both(cluster, "log_levels must be")));
        await cluster.Write(
            chain, TestCluster.FullNode("main", $", connect: '127.0.0.1:{friend.Port}'"), more: "log_levels: Chia.Gateway=debug");

        await friend.Accepted();
        await Poll.Until(() => Task.FromResult(Both(cluster, "cluster.yaml was changed")));
        using var api = silo.Api();
        Assert.Equal("debug", (await api.Json("/api/v1/log-level")).GetProperty("levels").GetProperty("Chia.Gateway").GetString());
    }

    /// <summary>The commit of a block, its frame and its broadcasts are of one trace, and of two processes.</summary>
    private static bool IsWhole(IReadOnlyList<CollectedSpan> spans) => spans.Any(commit =>
        commit.Name == "chia.block.commit"
        && spans.Any(frame =>
            frame.Name == "chia.frame" && frame.Trace == commit.Trace && frame.Process != commit.Process
            && Ancestors(commit, spans).Contains(frame.Id)
            && spans.Any(told => told.Name == "chia.broadcast" && told.Process == frame.Process && Ancestors(told, spans).Contains(frame.Id))));

    private static IEnumerable<string> Ancestors(CollectedSpan span, IReadOnlyList<CollectedSpan> all)
    {
        for (var at = span; at is not null; at = all.FirstOrDefault(other => other.Trace == at.Trace && other.Id == at.Parent))
            yield return at.Parent;
    }

    private static bool Both(TestCluster cluster, string line) =>
        cluster.Silos.Select(silo => silo.Process).Concat(cluster.Gateways.Select(gateway => gateway.Process))
            .All(process => process.Error.Contains(line, StringComparison.Ordinal));
}
