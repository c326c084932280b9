using System.Collections.Concurrent;
using Chia.Cluster.Tests.Support;
using Chia.GrainInterfaces.Broadcasts;
using Chia.GrainInterfaces.Chain;
using Chia.GrainInterfaces.Peers;
using Chia.GrainInterfaces.Roles;
using Chia.GrainInterfaces.Sync;
using Chia.GrainInterfaces.Validation;
using Chia.Grains.Placement;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Orleans.Runtime;

namespace Chia.Cluster.Tests.InMemory;

/// <summary>Where grains live, and who checks (CLUSTER 2).</summary>
public class PlacementTests
{
    private const int Peers = 120;

    private static readonly string[] OneForTheChainOneForProofsOneForBoth = ["chain", "validator", "chain,validator"];

    [Fact]
    public async Task Grains_live_where_their_role_is_and_peers_everywhere()
    {
        await using var cluster = await MemoryCluster.Start(OneForTheChainOneForProofsOneForBoth, ["main", "second", "third"]);
        var withoutChain = cluster.Silos.Single(silo => Roles(silo).Count == 1 && Roles(silo)[0] == "validator").SiloAddress;
        foreach (var node in new[] { "main", "second", "third" })
        {
            await cluster.ChainOf(node).GetSnapshot();
            await cluster.Client.GetGrain<ISyncGrain>(node).GetReport();
            var chain = await cluster.WhereIs(cluster.ChainOf(node));
            Assert.NotNull(chain);
            Assert.NotEqual(withoutChain, chain);
            await Poll.Until(async () => chain!.Equals(await cluster.WhereIs(cluster.Client.GetGrain<ISyncGrain>(node))));
        }

        await Task.WhenAll(Enumerable.Range(0, Peers).Select(i => cluster.Connect($"peer{i}")));
        var perSilo = (await cluster.Management.GetSimpleGrainStatistics())
            .Where(grains => grains.GrainType.Contains("PeerGrain", StringComparison.Ordinal))
            .GroupBy(grains => grains.SiloAddress).Select(silo => silo.Sum(grains => grains.ActivationCount)).ToList();
        Assert.Equal(3, perSilo.Count);
        Assert.All(perSilo, count => Assert.InRange(count, Peers / 6, Peers * 2 / 3));
    }

    /// <summary>In turns: a role is never taken for that of a grain that was placed in between.</summary>
    [Fact]
    public async Task Each_role_lives_on_its_silo_in_whatever_order_roles_come()
    {
        await using var cluster = await MemoryCluster.Start(["chain,validator", "timelord"], ["main", "second", "third"]);
        var homes = cluster.Silos.ToDictionary(silo => Roles(silo)[0], silo => silo.SiloAddress);
        foreach (var node in new[] { "main", "second", "third" })
        {
            await cluster.Client.GetGrain<ITimelordGrain>(node).GetStatus();
            await cluster.ChainOf(node).GetSnapshot();
            Assert.Equal(homes["timelord"], await cluster.WhereIs(cluster.Client.GetGrain<ITimelordGrain>(node)));
            Assert.Equal(homes["chain"], await cluster.WhereIs(cluster.ChainOf(node)));
        }

        await Assert.ThrowsAnyAsync<OrleansException>(() => cluster.Client.GetGrain<IHarvesterGrain>("main").GetStatus());
    }

    [Fact]
    public async Task Every_validator_has_its_part_of_the_proofs_and_nobody_else()
    {
        await using var cluster = await MemoryCluster.Start(OneForTheChainOneForProofsOneForBoth);
        var validators = cluster.Silos.Where(silo => Roles(silo).Contains("validator"))
            .Select(silo => silo.SiloAddress).ToHashSet();
        await cluster.ChainOf().GetSnapshot();
        cluster.Checked.Clear(); // The chain has looked at its genesis block itself.
        for (var silo = 0; silo < 3; silo++)
            Assert.Equal(2, cluster.ValidatorsSeenFrom(silo).Count);
        BlockData[] blocks = [.. cluster.Chain.Main.Skip(1).Take(8).Select(block => new BlockData(block))];
        var verdicts = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => cluster.ValidatorsSeenFrom(0).CheckBlocks(CheckKind.Full, blocks, isUrgent: false)));
        Assert.All(verdicts.SelectMany(v => v), verdict => Assert.True(verdict.Passed));
        Assert.Subset(validators, cluster.Checked.Keys.ToHashSet());
        Assert.All(validators, silo => Assert.InRange(cluster.Checked.GetValueOrDefault(silo), 3 * 8, 7 * 8));
    }

    [Fact]
    public async Task A_role_that_no_silo_has_is_said_at_once()
    {
        await using var cluster = await MemoryCluster.Start(["validator", "validator"]);

        // A refusal, and no timeout: the call does not wait for a silo that has the role.
        await Assert.ThrowsAnyAsync<OrleansException>(() => cluster.ChainOf().GetSnapshot());
        var report = await cluster.Client.GetGrain<GrainInterfaces.Clusters.IClusterGrain>(0).GetReport([]);
        Assert.Equal(["chain"], report.MissingRoles);
    }

    [Fact]
    public async Task Nodes_live_side_by_side_and_share_nothing_but_silos()
    {
        await using var cluster = await MemoryCluster.Start(["chain,validator", "chain,validator"], ["main", "second"]);
        Assert.All((await cluster.Accept(1, 5)).Outcomes, outcome => Assert.True(outcome.IsStored));
        Assert.All((await cluster.Accept(1, 2, "second")).Outcomes, outcome => Assert.True(outcome.IsStored));
        Assert.Equal(5u, (await cluster.ChainOf().GetSnapshot()).Heaviest.Height);
        Assert.Equal(2u, (await cluster.ChainOf("second").GetSnapshot()).Heaviest.Height);
        await cluster.Connect("peer", "second");
        Assert.Single(await Directory(cluster, "second").GetConnections());
        Assert.Empty(await Directory(cluster, "main").GetConnections());
    }

    /// <summary>Streams go through silos that may die: who publishes tells the gateways itself as well.</summary>
    [Fact]
    public async Task A_gap_in_the_broadcasts_makes_the_gateway_ask_for_the_tips_and_it_hears_them_though_no_stream_brings_them()
    {
        var asked = new AnnounceFilter();
        await using var cluster = await MemoryCluster.Start(
            ["chain,validator", "chain,validator", "chain,validator"],
            configure: (_, silo) => silo.AddIncomingGrainCallFilter(asked));
        await using var gateway = new BroadcastListener(cluster.Client);
        await gateway.Start();
        var ear = new Ear();
        var hearer = new BroadcastHearer("gateway", cluster.Client.CreateObjectReference<IBroadcastObserver>(ear));
        var directory = cluster.Client.GetGrain<IBroadcastDirectoryGrain>(NodeKey.OfRole(NodeName.Main, Role.FullNode));
        await directory.Hears(hearer);
        var publisher = cluster.Client.GetGrain<IBroadcastGrain>(NodeKey.OfBroadcast(NodeName.Main, Role.FullNode, Role.FullNode));
        await publisher.Publish([OutboundMessage.Of(Role.FullNode, new PingMessage())], null);
        var first = await gateway.Next();
        await Poll.Until(() => Task.FromResult(ear.Heard.Contains(first.Epoch)));
        Assert.Equal(0, asked.Count);

        // One is lost on the way: the next has the number after it.
        await gateway.Put(first with { Sequence = first.Sequence + 2 });
        await gateway.Next();
        await Poll.Until(() => Task.FromResult(asked.Count > 0), () => $"{asked.Count} asked");

        // The publisher dies with its silo: the next one's numbers begin anew, under another epoch.
        await cluster.Kill((await cluster.WhereIs(publisher))!);
        var before = asked.Count;
        await Poll.Until(async () =>
        {
            try
            {
                await directory.Hears(hearer);
                await publisher.Publish([OutboundMessage.Of(Role.FullNode, new PingMessage())], null);
            }
            catch (Exception error) when (error is OrleansException or TimeoutException or OperationCanceledException)
            {
                // Its silo died.
            }

            return asked.Count > before && ear.Heard.Distinct().Count() > 1;
        });
    }

    private static IPeerDirectoryGrain Directory(MemoryCluster cluster, string node) =>
        cluster.Client.GetGrain<IPeerDirectoryGrain>(NodeKey.OfRole(NodeName.Parse(node), Role.FullNode));

    private static IReadOnlyList<string> Roles(Orleans.TestingHost.InProcessSiloHandle silo) =>
        Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<SiloRoles>(silo.ServiceProvider)
            .Of(silo.SiloAddress);

    /// <summary>Notes the epochs that are told directly.</summary>
    private sealed class Ear : IBroadcastObserver
    {
        public ConcurrentQueue<Guid> Heard { get; } = [];

        public Task Hear(BroadcastItem[] items)
        {
            foreach (var item in items)
                Heard.Enqueue(item.Epoch);
            return Task.CompletedTask;
        }
    }

    /// <summary>Counts who asks full nodes for their tips.</summary>
    private sealed class AnnounceFilter : IIncomingGrainCallFilter
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.MethodName == nameof(IFullNodeGrain.Announce))
                Interlocked.Increment(ref _count);
            return context.Invoke();
        }
    }
}
