using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Silo.Configuration;
using Chia.Silo.Hosting;
using Chia.Silo.Node;

namespace Chia.Silo.Tests.Node;

/// <summary>Several nodes on one machine (OPERATIONS 2).</summary>
public sealed class InstanceTests
{
    [Fact]
    public void Every_port_is_shifted_that_nobody_named()
    {
        var configuration = new NodeConfiguration();
        configuration.SetOption("timelord.port=9000");
        configuration.SetOption("full_node.target_peer_count=3");
        var settings = Create(configuration, Role.FullNode, Role.Timelord, Role.Introducer);
        Assert.Equal([8464, 9000, 8465], settings.Roles.Select(role => role.Port));
        Assert.Equal(8575, settings.Api.Port);
    }

    [Fact]
    public void Roles_of_other_processes_are_looked_for_in_the_same_instance()
    {
        Assert.Equal("127.0.0.1:8464", Assert.Single(Create(new NodeConfiguration(), Role.Timelord).Roles[0].Connect).ToString());

        var configured = new NodeConfiguration();
        configured.SetOption("timelord.full_node_peer=127.0.0.1");
        Assert.Equal("127.0.0.1:8444", Assert.Single(Create(configured, Role.Timelord).Roles[0].Connect).ToString());
    }

    [Theory]
    [InlineData(0, "/a/b", "/a/b")]
    [InlineData(3, "/a/b", "/a/b-3")]
    [InlineData(3, "/a/b/", "/a/b-3")]
    public void Each_has_a_folder_of_its_own(int number, string root, string folder) =>
        Assert.Equal(folder, new Instance(number).Folder(root));

    [Fact]
    public void Any_port_stays_any_port() => Assert.Equal(0, new Instance(4).Shift(new NodeConfiguration(), "rpc_port", 0));

    private static NodeSettings Create(NodeConfiguration configuration, params Role[] roles) =>
        NodeSettingsFactory.Create(roles, configuration, Testnet.Definition, "/nowhere", new Instance(2));
}
