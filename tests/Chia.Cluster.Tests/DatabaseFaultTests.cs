using Chia.Cluster.Tests.Support;
using Chia.Silo;
using Chia.Silo.Clusters;
using Chia.Storage.Tests;
using Chia.Testing;
using Npgsql;

namespace Chia.Cluster.Tests;

/// <summary>A database that cannot be used is one line that says where it is, why, and what to do; one that is not there yet is waited
/// for (CLUSTER 1).</summary>
public class DatabaseFaultTests
{
    [Theory]
    [InlineData("Password", "wrong", "mend user and password where the cluster file names them")]
    [InlineData("Username", "nobody", "mend user and password where the cluster file names them")]
    [InlineData("Database", "nowhere", "createdb -O chia nowhere")]
    [InlineData("Host", "no-such-host.invalid", "no-such-host.invalid:")]
    [InlineData("Port", "1", "at 127.0.0.1:1 cannot be used")]
    public async Task What_is_wrong_is_said_with_what_to_do(string word, string value, string expected)
    {
        var words = new NpgsqlConnectionStringBuilder(await DatabaseServer.CreateDatabase()) { [word] = value };
        var error = await Refused(words);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain($"{words.Password}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_without_rights_is_told_how_to_get_them()
    {
        var words = new NpgsqlConnectionStringBuilder(await DatabaseServer.CreateDatabase());
        await Execute(words, "CREATE ROLE poor LOGIN PASSWORD 'poor'; REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        (words.Username, words.Password) = ("poor", "poor");
        var error = await Refused(words);
        Assert.Contains($"ALTER DATABASE {words.Database} OWNER TO poor", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_of_another_version_are_left_to_the_program_that_made_them()
    {
        var words = new NpgsqlConnectionStringBuilder(await DatabaseServer.CreateDatabase());
        Assert.True(await ClusterSchema.Create(At(words), TestContext.Current.CancellationToken));
        Assert.False(await ClusterSchema.Create(At(words), TestContext.Current.CancellationToken));
        await Execute(words, "UPDATE chia_cluster_schema SET version = 2");
        Assert.Contains("run the program that made them", (await Refused(words)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_and_a_gateway_that_start_before_the_database_say_so_and_go_on_when_it_is_there()
    {
        await using var server = await TemporaryPostgres.Start();
        await using var cluster = await TestCluster.Create(ChainVectors.Small, await server.CreateDatabase("late"));
        await server.Process.Stop();
        var (silo, gateway) = (cluster.StartSilo(), cluster.StartGateway());
        await Poll.Until(
            () => Task.FromResult(
                cluster.Errors.Any(said => said.Contains("waiting for it", StringComparison.Ordinal))
                && cluster.Errors.Any(said => said.Contains("it is looked for every second", StringComparison.Ordinal))),
            () => string.Join('\n', cluster.Errors));
        await server.Process.Begin();
        await silo;
        using var api = (await gateway).Api();
        await Poll.Until(async () => (await api.Get("/health/ready")).Code == System.Net.HttpStatusCode.OK);
    }

    private static async Task<UserException> Refused(NpgsqlConnectionStringBuilder words) =>
        await Assert.ThrowsAsync<UserException>(() => ClusterSchema.Create(At(words), TestContext.Current.CancellationToken));

    private static ClusterDefinition At(NpgsqlConnectionStringBuilder words) => ClusterFile.Parse(
        $"{{ id: home, database: '{words.ConnectionString}', nodes: {{ main: {{ full_node: {{}} }} }} }}", "cluster.yaml");

    private static async Task Execute(NpgsqlConnectionStringBuilder words, string sql)
    {
        await using var source = NpgsqlDataSource.Create(words);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
