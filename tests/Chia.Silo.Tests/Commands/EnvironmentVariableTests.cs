using Chia.Silo.Commands.Options;

namespace Chia.Silo.Tests.Commands;

/// <summary>A variable that nobody reads is told of where it is a slip, and left alone where it is somebody else's.</summary>
public sealed class EnvironmentVariableTests
{
    [Theory]
    [InlineData("CHIA_LOGLEVEL", "CHIA_LOG_LEVEL")]
    [InlineData("CHIA_LOG_LEVLE", "CHIA_LOG_LEVEL")]
    [InlineData("CHIA_FULLNODE_PORT", "CHIA_FULL_NODE_PORT")]
    [InlineData("CHIA_ROTO", "CHIA_ROOT")]
    [InlineData("CHIA_CLUSTERS", "CHIA_CLUSTER")]
    [InlineData("CHIA_KEY_FILE", "CHIA_KEYS_FILE")]
    [InlineData("CHIA_ADVERTISED_ADRESS", "CHIA_ADVERTISED_ADDRESS")]
    public void A_slip_is_told(string name, string meant) => Assert.Equal(
        $"nothing reads the environment variable {name}: did you mean {meant}?", Assert.Single(EnvironmentVariables.Misspelled([name])));

    [Fact]
    public void What_is_read_is_none()
    {
        Assert.Empty(EnvironmentVariables.Misspelled([.. EnvironmentVariables.All]));
        Assert.Empty(EnvironmentVariables.Misspelled([]));
    }

    [Theory]
    [InlineData("CHIA_PORT")]
    [InlineData("CHIA_")]
    [InlineData("CHIA_VERSION")]
    [InlineData("CHIA_IMAGE")]
    [InlineData("CHIA_TEST_LOGS")]
    [InlineData("CHIA_LONG_TESTS")]
    [InlineData("PATH")]
    [InlineData("chia_log_levels_")]
    public void What_is_like_none_of_ours_is_somebody_elses(string name) => Assert.Empty(EnvironmentVariables.Misspelled([name]));

    /// <summary>Kubernetes tells every container of the services of its namespace, Docker of those that are linked to it.</summary>
    [Fact]
    public void What_a_platform_says_of_its_services_is_no_slip()
    {
        string[] services = ["CHIA", "CHIA_SILOS", "CHIA_FULLNODE", "CHIA_FARMERS"];
        var said = services.SelectMany(service => new[]
        {
            $"{service}_SERVICE_HOST", $"{service}_SERVICE_PORT", $"{service}_SERVICE_PORT_HTTP", $"{service}_PORT",
            $"{service}_PORT_8444_TCP", $"{service}_PORT_8444_TCP_PROTO", $"{service}_PORT_8444_TCP_PORT", $"{service}_PORT_8444_TCP_ADDR",
        });

        Assert.Empty(EnvironmentVariables.Misspelled([.. said]));
        Assert.Single(EnvironmentVariables.Misspelled([.. said, "CHIA_LOGLEVEL"]));
    }
}
