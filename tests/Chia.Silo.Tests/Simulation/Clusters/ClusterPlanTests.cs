using Chia.Grains.Placement;
using Chia.Protocol.Networks;
using Chia.Silo.Clusters;
using Chia.Silo.Clusters.Definition;
using Chia.Silo.Commands;
using Chia.Silo.Commands.Options;
using Chia.Silo.Commands.Processes;
using Chia.Silo.Networks;
using Chia.Silo.Simulation.Clusters;
using Chia.Silo.Simulation.Plan;
using Chia.Testing;

namespace Chia.Silo.Tests.Simulation.Clusters;

/// <summary>The processes of a simulated cluster: names, ports, file (CLUSTER 1).</summary>
public sealed class ClusterPlanTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(10, 3)]
    [InlineData(20, 9)]
    public void Every_node_has_a_port_of_its_own_at_every_gateway(int nodes, int gateways)
    {
        var plan = new ClusterPlan(nodes, 3, gateways, 20_000, 30_000);
        var ports = Enumerable.Range(0, nodes)
            .SelectMany(node => Enumerable.Range(0, gateways).Select(gateway => plan.PortOf(node, gateway))).ToList();
        Assert.Distinct(ports);
        Assert.All(ports, port => Assert.InRange(port, 20_000, 20_000 + ClusterPlan.PeerPorts(nodes, gateways) - 1));
    }

    [Fact]
    public void The_file_says_to_the_processes_what_the_plan_says()
    {
        var plan = new ClusterPlan(12, 2, 3, 20_000, 30_000);
        var cluster = Read(plan);

        Assert.Equal(("simulation-x", Testnet.Definition.NetworkId), (cluster.Id, cluster.Network.NetworkId));
        Assert.Equal("Host=127.0.0.1;Database=chia", cluster.Database);
        Assert.Equal(plan.NodeNames, cluster.Nodes.Select(node => node.Name));
        for (var gateway = 0; gateway < 3; gateway++)
        {
            var place = Place(plan.GatewayArguments("cluster.yaml", gateway));
            Assert.Equal(plan.GatewayNames.ElementAt(gateway), place.Name);
            Assert.Equal(
                Enumerable.Range(0, 12).Select(node => plan.PortOf(node, gateway)),
                cluster.Nodes.Select(node => ClusterSettings.OnGateway(cluster, node, place.Shift).Roles.Single().Port));
        }

        var role = ClusterSettings.OnGateway(cluster, cluster.Nodes[0], 0).Roles.Single();
        Assert.Equal(("127.0.0.1:4000", 3), (role.Introducer.ToString(), role.IntroducerInterval.TotalSeconds));
    }

    [Fact]
    public void Silos_share_no_port()
    {
        var plan = new ClusterPlan(1, 9, 1, 20_000, 30_000);
        var cluster = Read(plan);
        var silos = Enumerable.Range(0, 9).Select(i => SiloPlace.Of(cluster, Place(plan.SiloArguments("cluster.yaml", i)))).ToList();

        Assert.Distinct(silos.SelectMany(silo => new[] { silo.SiloPort, silo.ClientPort }));
        Assert.Equal(plan.SiloNames, silos.Select(silo => silo.Name));
        Assert.All(silos, silo => Assert.Contains(SiloRole.Chain, silo.Roles));
    }

    [Theory]
    [InlineData(true, null, null, 3, 2)]
    [InlineData(true, 1, 5, 1, 5)]
    public void A_cluster_has_the_shape_that_was_asked_for(
        bool isCluster, int? silos, int? gateways, int wantedSilos, int wantedGateways) =>
        Assert.Equal(
            new ClusterShape(wantedSilos, wantedGateways, "postgresql://x/y"),
            SimulateOptions.ShapeOf(isCluster, silos, gateways, "postgresql://x/y"));

    [Theory]
    [InlineData(true, 0, null, null, "--silos must be from 1 to 9")]
    [InlineData(true, null, 10, null, "--gateways must be from 1 to 9")]
    [InlineData(false, 2, null, null, "--silos goes with --cluster only")]
    [InlineData(false, null, 2, null, "--gateways goes with --cluster only")]
    [InlineData(false, null, null, "Host=x", "--postgres goes with --cluster only")]
    public void A_shape_that_cannot_be_is_refused(bool isCluster, int? silos, int? gateways, string? postgres, string why) =>
        Assert.StartsWith(
            why, Assert.Throws<UserException>(() => SimulateOptions.ShapeOf(isCluster, silos, gateways, postgres)).Message);

    [Fact]
    public void Without_the_option_there_is_no_cluster() => Assert.Null(SimulateOptions.ShapeOf(false, null, null, null));

    private ClusterDefinition Read(ClusterPlan plan)
    {
        string File(string name) => _folder.File(name);
        System.IO.File.WriteAllText(File("network.yaml"), NetworkWriter.Write(Testnet.Definition));
        System.IO.File.WriteAllText(File("cluster.database"), "postgresql://127.0.0.1/chia");
        System.IO.File.WriteAllText(
            File("cluster.yaml"), plan.File("simulation-x", "network.yaml", "cluster.database", "127.0.0.1:4000", 3));
        return ClusterFile.Read(File("cluster.yaml"));
    }

    private static ProcessPlace Place(IReadOnlyList<string> arguments)
    {
        var options = new ClusterOptions();
        var command = new System.CommandLine.Command(arguments[0]);
        options.AddSilo(command);
        var parsed = command.Parse([.. arguments.Skip(1)]);
        Assert.Empty(parsed.Errors);
        Assert.Empty(ChiaCommand.Parse(arguments).Errors);
        return options.Place(parsed);
    }
}
