using Chia.Silo.Configuration;

namespace Chia.Silo.Tests.Configuration;

/// <summary>An older file becomes one of today, and loses no comment.</summary>
public sealed class ConfigUpgradeTests
{
    [Fact]
    public void What_an_older_version_wrote_gets_the_defaults_of_today()
    {
        const string old = """
            # mine
            network: testnet
            # Port of the local RPC.
            rpc_port: 0      # any
            full_node:
              host: 0.0.0.0  # IPv4
              port: 8444
            farmer:
              host: 127.0.0.1
            """;
        var upgrade = ConfigUpgrade.Of(old, "config.yaml");
        Assert.Equal(
            old.Replace("rpc_port: 0 ", "rpc_port: 8555 ", StringComparison.Ordinal)
                .Replace("host: 0.0.0.0 ", "host: '*' ", StringComparison.Ordinal),
            upgrade.Text);
        Assert.Equal(2, upgrade.Changes.Count);
        Assert.StartsWith("line 4: rpc_port: 0 is now 8555", upgrade.Changes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_references_own_file_becomes_ours()
    {
        const string old = """
            network_id: testnet # the alpha

            harvester:
              # The farmer of this machine
              farmer_peer:
                host: 127.0.0.1
                port: 8447 # usual
            timelord:
              n_wesolowski: 2
              vdf_server_ips:
                - 127.0.0.1
                # a second one
                - 127.0.0.2
              slots: 3
            full_node:
              enable_upnp: true   # please
              max_blocks_to_send: 5
              introducer_peer:
                host: introducer.example
                port: 8445
            """;
        const string now = """
            network: testnet # the alpha

            harvester:
              # The farmer of this machine
              # usual
              farmer_peer: 127.0.0.1:8447
            timelord:
              n_wesolowski: 2
              # No longer used: the timelord squares itself, in 'slots'
              # vdf_server_ips:
              #   - 127.0.0.1
              #   # a second one
              #   - 127.0.0.2
              slots: 3
            full_node:
              # No longer used: no router is reconfigured
              # enable_upnp: true   # please
              max_blocks_to_send: 5
              introducer_peer: introducer.example:8445
            """;
        var upgrade = ConfigUpgrade.Of(old, "config.yaml");
        Assert.Equal(now, upgrade.Text);
        Assert.Equal(5, upgrade.Changes.Count);
        Assert.Empty(ConfigUpgrade.Of(now, "config.yaml").Changes);
    }

    [Fact]
    public void Where_old_and_new_name_stand_beside_each_other_the_new_one_stays()
    {
        var upgrade = ConfigUpgrade.Of("network_id: a\nnetwork: testnet\n", "config.yaml");
        Assert.Equal("# Now 'network': a network is named, or its file\n# network_id: a\nnetwork: testnet\n", upgrade.Text);
    }

    [Theory]
    [InlineData("{network_id: testnet}\n", "line 1: network_id")]
    [InlineData("full_node: {enable_upnp: true}\n", "line 1: full_node.enable_upnp")]
    [InlineData("farmer:\n  full_node_peer: {host: a, port: 1}\n", "line 2: a peer is one value")]
    [InlineData("nonsense: 1\n", "line 1: unknown key 'nonsense'")]
    [InlineData("a: [\n", "not valid YAML")]
    public void What_cannot_be_rewritten_is_said_with_its_line(string text, string said) =>
        Assert.Contains(said, Assert.Throws<UserException>(() => ConfigUpgrade.Of(text, "config.yaml")).Message, StringComparison.Ordinal);
}
