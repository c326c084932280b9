using System.Net;
using Chia.Functional.Tests.Peers;
using Chia.Functional.Tests.Support;
using Chia.GrainInterfaces.Peers;
using Chia.Protocol.Addresses;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Chia.Testing;
using Microsoft.Extensions.Logging;

namespace Chia.Functional.Tests.Introduction;

/// <summary>Full nodes find each other through an introducer that tries out every address itself (ROLES.md 7, DECISIONS 14).</summary>
public sealed class IntroductionTests : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nodes_find_each_other_and_the_dead_are_not_handed_out()
    {
        await using var introducer = await Start("introducer", Role.Introducer, null);

        // A full node by its own word, on whose port nobody listens.
        await using var liar = await TestPeer.Dial(introducer.PortOf(Role.Introducer));
        await using var first = await Start("first", Role.FullNode, introducer);
        await using var second = await Start("second", Role.FullNode, introducer);

        await Until("the nodes to be connected", async () => (await Peers(first)).Length == 1 && (await Peers(second)).Length == 1);

        // The second dials whom it is told of at once: it may be connected before it is tried out itself.
        await Until("the introducer to have tried both out", async () => (await Known(introducer)).Length > 1);
        Assert.Equal(
            new[] { first.PortOf(Role.FullNode), second.PortOf(Role.FullNode) }.Order(),
            (await Known(introducer)).Select(p => (int)p.Port).Order());
    }

    [Fact]
    public async Task The_list_survives_a_restart()
    {
        var introducer = await Start("introducer", Role.Introducer, null);
        var port = introducer.PortOf(Role.Introducer);
        await using var first = await Start("first", Role.FullNode, introducer);
        await Until("the introducer to have tried the node out", async () => (await Known(introducer)).Length == 1);
        await introducer.DisposeAsync();

        await using var again = await Start("introducer", Role.Introducer, null, port);
        Assert.Equal(first.PortOf(Role.FullNode), Assert.Single(await Known(again)).Port);
    }

    private static Task<PeerAddress[]> Known(RunningNode introducer) =>
        introducer.Cluster.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(NodeName.Main, Role.Introducer))
            .GetKnown(20, TimeSpan.FromSeconds(6000), null);

    /// <summary>Full nodes that a full node is connected with.</summary>
    private static Task<PeerConnection[]> Peers(RunningNode node) =>
        node.Cluster.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(NodeName.Main, Role.FullNode)).GetConnections(Role.FullNode);

    private Task<RunningNode> Start(string name, Role role, RunningNode? introducer, int port = 0)
    {
        var output = TestContext.Current.TestOutputHelper;
        var log = new TestLog(line => output?.WriteLine(line));
        var settings = new NodeSettings
        {
            Network = ChainVectors.Small.Network,
            Root = _folder.Sub(name),
            Roles =
            [
                new RoleSettings(role, port)
                {
                    Address = IPAddress.Loopback,
                    Introducer = introducer is null ? null : PeerAddress.Of("127.0.0.1", (ushort)introducer.PortOf(Role.Introducer)),
                    IntroducerInterval = TimeSpan.FromSeconds(1),
                },
            ],
            Logging = logging => logging.AddProvider(log),
        };
        return NodeHost.Start(settings, TestContext.Current.CancellationToken);
    }

    private static Task Until(string what, Func<Task<bool>> isTrue)
    {
        return Wait().Within(what);

        async Task<bool> Wait()
        {
            while (!await isTrue())
                await Task.Delay(Look, TestContext.Current.CancellationToken);
            return true;
        }
    }
}
