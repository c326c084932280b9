using Chia.Silo.Configuration;
using Chia.Testing;

namespace Chia.Silo.Tests.Configuration;

/// <summary>Command line before environment before file before defaults; a mistake is named with where it stands (OPERATIONS 2).</summary>
public sealed class NodeConfigurationTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string FilePath => Path.Combine(_folder.Path, NodeConfiguration.FileName);

    [Fact]
    public void The_nearest_source_wins()
    {
        File.WriteAllText(FilePath, "rpc_port: 1\nfull_node:\n  port: 2\n  max_inbound: 3\n  target_peer_count: 4\n");
        var configuration = Load(("CHIA_FULL_NODE_PORT", "20"), ("CHIA_FULL_NODE_MAX_INBOUND", "30"), ("CHIA_LOG_FORMAT", ""));
        configuration.SetOption("full_node.max_inbound=300");

        Assert.Equal(1, configuration.Number("rpc_port"));
        Assert.Equal(20, configuration.Number("full_node.port"));
        Assert.Equal(300, configuration.Number("full_node.max_inbound"));
        Assert.Equal(4, configuration.Number("full_node.target_peer_count"));
        Assert.Equal(25, configuration.Number("full_node.max_headers_to_send"));
        Assert.Equal("text", configuration["log_format"]);
        Assert.True(configuration.IsSet("full_node.port"));
        Assert.False(configuration.IsSet("full_node.max_headers_to_send"));
    }

    [Theory]
    [InlineData("full_node:\n  port: 99999\n", "line 2: full_node.port must be a whole number from 0 to 65535, not '99999'")]
    [InlineData("\nlog_level: loud\n", "line 2: log_level must be one of")]
    [InlineData("log_levels: Chia.Gateway=loud\n", "line 1: log_levels must be CATEGORY=LEVEL")]
    [InlineData("prot: 1\n", "line 1: unknown key 'prot'")]
    [InlineData("log_levle: debug\n", "line 1: unknown key 'log_levle': did you mean 'log_level'?")]
    [InlineData("full_node:\n  prot: 1\n", "line 2: unknown key 'full_node.prot': did you mean 'full_node.port'?")]
    [InlineData("full_nude:\n  port: 1\n", "line 1: unknown section 'full_nude': did you mean 'full_node'?")]
    [InlineData("full_nude: 1\n", "line 1: unknown key 'full_nude': did you mean 'full_node'?")]
    [InlineData("farmer:\n  port: {a: 1}\n", "line 2: farmer.port takes a single value")]
    [InlineData("- a\n", "expected names and values")]
    [InlineData("network_id: x\n", "unknown key 'network_id' (now 'network': a network is named, or its file): chia config upgrade")]
    [InlineData("full_node:\n  enable_upnp: true\n", "no longer used: no router is reconfigured): chia config upgrade")]
    [InlineData("farmer:\n  full_node_peer:\n    host: a\n    port: 1\n", "takes a single value (it is now HOST:PORT")]
    public void A_mistake_in_the_file_is_named_with_its_line(string text, string said)
    {
        File.WriteAllText(FilePath, text);
        var message = Assert.Throws<UserException>(() => Load()).Message;
        Assert.StartsWith(FilePath, message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_the_environment_is_named_with_its_variable() =>
        Assert.StartsWith(
            "environment variable CHIA_FARMER_PORT: farmer.port must be",
            Assert.Throws<UserException>(() => Load(("CHIA_FARMER_PORT", "x"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_secret_is_not_repeated()
    {
        var key = ConfigSchema.Find("rpc_token")! with { Expect = _ => "longer" };
        Assert.DoesNotContain("5ecret", Assert.Throws<UserException>(() => key.Check("5ecret", "here")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_file_is_read_again_and_a_wrong_one_changes_nothing()
    {
        File.WriteAllText(FilePath, "log_level: debug\n");
        var configuration = Load();
        Assert.False(configuration.Reload());

        File.WriteAllText(FilePath, "# as before\nlog_level: debug\n");
        Assert.False(configuration.Reload());

        File.WriteAllText(FilePath, "log_level: warning\n");
        Assert.True(configuration.Reload());
        Assert.Equal("warning", configuration["log_level"]);

        File.WriteAllText(FilePath, "log_level: loud\n");
        Assert.Throws<UserException>(() => configuration.Reload());
        Assert.Equal("warning", configuration["log_level"]);

        File.Delete(FilePath);
        Assert.True(configuration.Reload());
        Assert.Equal("information", configuration["log_level"]);
    }

    [Fact]
    public void What_init_writes_is_read_and_says_the_defaults()
    {
        File.WriteAllText(FilePath, ConfigWriter.Write("testnet"));
        var configuration = Load();
        Assert.All(ConfigSchema.All, key => Assert.Equal(key.Default, configuration[key.Path]));
        Assert.Empty(ConfigUpgrade.Of(File.ReadAllText(FilePath), FilePath).Changes);
    }

    public void Dispose() => _folder.Dispose();

    private NodeConfiguration Load(params (string Name, string Value)[] environment) =>
        NodeConfiguration.Load(_folder.Path, name => environment.FirstOrDefault(variable => variable.Name == name).Value);
}
