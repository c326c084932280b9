using Chia.GrainInterfaces.Clusters;
using Chia.Protocol.Primitives;
using Chia.Silo.Clusters;

namespace Chia.Cluster.Tests.InMemory;

/// <summary>What the cluster says it is made of (CLUSTER 2).</summary>
public sealed class ClusterGrainTests
{
    [Fact]
    public async Task The_report_says_where_what_there_is_once_lives_and_which_role_is_missing()
    {
        // Nobody wakes what lives once before this does.
        await using var cluster = await MemoryCluster.Start(
            ["chain", "farmer"],
            configure: (_, silo) => silo.Services.Remove(silo.Services.Single(s => s.ImplementationType == typeof(KeepWarm))));
        var grain = cluster.Client.GetGrain<IClusterGrain>(0);
        var before = await grain.GetReport([NodeName.Main]);
        Assert.Equal([["chain"], ["farmer"]], before.Silos.Select(silo => silo.Roles).OrderBy(roles => roles[0]));
        Assert.All(before.Silos, silo => Assert.Equal("active", silo.Status));
        Assert.Equal(["validator"], before.MissingRoles);
        Assert.Equal(["chain", "full_node", "sync"], before.Singletons.Select(single => single.Kind).Order());
        Assert.All(before.Singletons, single => Assert.Null(single.Silo));
        Assert.Empty(before.Gateways);

        await cluster.ChainOf().GetSnapshot();
        await cluster.Connect("peer");
        await cluster.Connect("other");
        var report = await grain.GetReport([NodeName.Main]);
        var home = report.Silos.Single(silo => silo.Roles.Contains("chain")).Name;
        var chain = report.Singletons.Single(single => single.Kind == "chain");
        Assert.Equal(("main", home), (chain.Key, chain.Silo));
        Assert.Equal((await (await cluster.Store()).GetWriter(TestContext.Current.CancellationToken)).Epoch, chain.Epoch);
        var directory = report.Singletons.Single(single => single.Kind == "directory");
        Assert.Equal(("main/FullNode", home), (directory.Key, directory.Silo));
        Assert.Equal(new GatewayReport("main/FullNode", "gateway", 2), Assert.Single(report.Gateways));
    }

    [Fact]
    public async Task A_silo_that_is_not_there_is_not_drained()
    {
        await using var cluster = await MemoryCluster.Start(["chain,validator"]);
        Assert.False(await cluster.Client.GetGrain<IClusterGrain>(0).Drain("nobody"));
        Assert.Empty((await cluster.Client.GetGrain<IClusterGrain>(0).GetReport([])).MissingRoles);
    }
}
