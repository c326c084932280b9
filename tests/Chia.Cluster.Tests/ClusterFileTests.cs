using System.Net;
using Chia.GrainInterfaces.Clusters;
using Chia.Protocol.Primitives;
using Chia.Silo;
using Chia.Silo.Api.Requests;
using Chia.Silo.Clusters;
using Chia.Silo.Clusters.Definition;
using Chia.Testing;

namespace Chia.Cluster.Tests;

/// <summary>A cluster's file is read strictly: what is wrong is one line that says where.</summary>
public class ClusterFileTests
{
    private const string Good = """
        id: home
        database: Host=127.0.0.1;Database=chia
        listen: { address: 127.0.0.1, silo_port: 11200, http_port: 0 }
        nodes:
          main:
            full_node: { port: 8450, target_peer_count: 3 }
            timelord: {}
          second:
            full_node: {}
        """;

    [Fact]
    public void Nodes_roles_settings_and_ports_are_read()
    {
        var cluster = Read(Good);
        Assert.Equal("home", cluster.Id);
        Assert.Equal(["main", "second"], cluster.Nodes.Select(node => node.Name.ToString()));
        Assert.Equal([Role.FullNode, Role.Timelord], cluster.Nodes[0].Roles);
        Assert.Equal(3, cluster.Nodes[0].Configuration.Number("full_node.target_peer_count"));
        Assert.Equal(10, cluster.Nodes[1].Configuration.Number("full_node.target_peer_count"));
        Assert.Equal((11200, 30000, 0), (cluster.Ports.Silo, cluster.Ports.Client, cluster.Ports.Http));
        Assert.Equal(cluster.Database, cluster.BlockStore);
        Assert.Equal("testnet", cluster.Network.NetworkId);
    }

    [Theory]
    [InlineData("id: home", "ident: home", "line 1: id is missing")]
    [InlineData("silo_port", "silo_prot", "line 3: unknown key 'listen.silo_prot': did you mean 'silo_port'?")]
    [InlineData("database", "databse", "line 2: unknown key 'databse': did you mean 'database'?")]
    [InlineData("11200", "112000", "line 3: listen.silo_port must be a whole number from 1 to 65535, not '112000'")]
    [InlineData("target_peer_count", "peers", "line 6: unknown key 'full_node.peers'")]
    [InlineData("timelord", "timlord", "line 7: unknown key 'nodes.main.timlord': did you mean 'timelord'?")]
    [InlineData("  second:", "  a/b:", "line 9: 'a/b' is no name of a node")]
    [InlineData("    full_node: {}", "    root: x", "line 9: node second has no role")]
    [InlineData("database: Host=127.0.0.1;Database=chia", "database_file: nowhere", "line 2: cannot read the file of database")]
    public void A_mistake_is_named_with_its_line(string what, string instead, string expected)
    {
        var error = Assert.Throws<UserException>(() => Read(Good.Replace(what, instead, StringComparison.Ordinal)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ports_of_Orleans_are_for_loopback_unless_the_file_says_otherwise_in_plain_words()
    {
        var open = Read(Good) with { Ports = new ClusterPorts { Address = IPAddress.Parse("192.0.2.1") } };
        var error = Assert.Throws<UserException>(() => SiloPlace.Of(open, new ProcessPlace()));
        Assert.Contains("whoever reaches the silos' ports could command them", error.Message, StringComparison.Ordinal);
        Assert.Equal(
            "192.0.2.1", SiloPlace.Of(open with { Ports = open.Ports with { TrustsTheNetwork = true } }, new ProcessPlace())
            .Advertised.ToString());
        Assert.Equal("192.0.2.1", SiloPlace.Of(open with { Tls = new ClusterTls("a", "", "") }, new ProcessPlace()).Advertised.ToString());
    }

    [Fact]
    public void A_role_that_no_silo_takes_is_named_with_the_node_that_misses_it()
    {
        var cluster = Read(Good);
        var silo = new SiloReport("a", "", "active", ["chain", "validator"], ["main"]);
        Assert.Equal(["timelord", "chain of second"], Missing(silo));
        Assert.Equal(["chain of second"], Missing(silo, silo with { Roles = ["timelord"], Nodes = ["*"] }));
        Assert.Equal(["timelord of main"], Missing(silo with { Nodes = null }, silo with { Roles = ["timelord"], Nodes = ["second"] }));
        Assert.Equal(["chain", "validator", "timelord"], Missing(silo with { Status = "dead" }));
        Assert.Empty(Missing(silo with { Nodes = ["main", "second"], Roles = ["chain", "validator", "timelord"] }));

        var two = new ClusterReport([silo, silo with { Name = "b", Roles = ["chain", "timelord"], Nodes = null }], [], [], []);
        Assert.Equal(["validator"], ClusterView.MissedWithout(cluster, two, "a"));
        Assert.Equal(["timelord", "chain of second"], ClusterView.MissedWithout(cluster, two, "b"));

        string[] Missing(params SiloReport[] silos) => ClusterView.MissingOf(cluster, new ClusterReport(silos, [], [], []));
    }

    private static ClusterDefinition Read(string text)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("cluster.yaml"), text);
        return ClusterFile.Read(folder.File("cluster.yaml"));
    }
}
