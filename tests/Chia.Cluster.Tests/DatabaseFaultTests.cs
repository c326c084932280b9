using System.Net.Sockets;
using Chia.Cluster.Tests.Support;
using Chia.Functional.Tests.Support;
using Chia.Silo;
using Chia.Silo.Clusters;
using Chia.Silo.Clusters.Database;
using Chia.Silo.Clusters.Definition;
using Chia.Storage.Tests.Support;
using Chia.Testing;
using Npgsql;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;

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
    public async Task A_silo_that_cannot_be_reached_is_not_taken_for_the_database()
    {
        var cluster = At(new NpgsqlConnectionStringBuilder(await DatabaseServer.CreateDatabase()));
        var refused = new SocketException((int)SocketError.ConnectionRefused);
        var silo = new ConnectionFailedException("unable to connect", refused);
        Assert.Equal("no silo of cluster home answers", WaitForCluster.Explain(cluster, new OrleansException("failed", silo)));
        Assert.Equal("no silo of cluster home answers", WaitForCluster.Explain(cluster, new TimeoutException()));
        Assert.Contains("cannot be used", WaitForCluster.Explain(cluster, new NpgsqlException("failed", refused)), StringComparison.Ordinal);
        Assert.Contains("cannot be used", WaitForCluster.Explain(cluster, refused), StringComparison.Ordinal);
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

    /// <summary>Each time another of the connections that a start asks for, and the two after it.</summary>
    [Fact]
    public async Task A_silo_that_a_crowded_database_turns_away_at_any_moment_of_its_start_says_so_once_and_starts()
    {
        const int TurnedAway = 3;
        await using var crowded = new CrowdedDatabase(await DatabaseServer.CreateDatabase());
        await using var cluster = await TestCluster.Create(ChainVectors.Small, crowded.Connection);
        var waited = 0;
        for (int first = 0, opened = 1; first < opened; first++)
        {
            crowded.TurnAway(first, TurnedAway);
            var silo = await cluster.StartSilo();
            opened = crowded.Opened;
            await silo.Process.EndInOrder();
            // Of a connection that is asked for once it is ready, the running silo tells in its log, a line for each try.
            var lines = silo.Process.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            string[] said = [.. lines.Where(line => !IsOfARunningSilo(line))];
            Assert.InRange(lines.Length - said.Length, 0, TurnedAway);
            waited += said.Length;
            Assert.True(
                said is [] || (said is [var line] && line.EndsWith("too many clients already: waiting for it", StringComparison.Ordinal)),
                $"{first}: {silo.Process.Error}");
        }

        // Before there is a silo, and within it; how many more it opens is for the moment to say.
        Assert.InRange(waited, 2, 5);
    }

    /// <summary>The tool alone comes through the crowd.</summary>
    [Fact]
    public async Task A_tool_that_a_crowded_database_turns_away_says_so_in_one_line()
    {
        await using var cluster = await TestCluster.Create(ChainVectors.Small);
        await using var crowded = new CrowdedDatabase(cluster.Database);
        var file = await File.ReadAllTextAsync(cluster.ClusterFile, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            cluster.File("crowded.yaml"), file.Replace(cluster.Database, crowded.Connection, StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        await cluster.StartSilo();
        var refused = 0;
        while (true)
        {
            crowded.TurnAway(refused, 1000);
            var status = await ChiaProcess.Run("cluster", "status", "--cluster", cluster.File("crowded.yaml"));
            if (crowded.Opened <= refused)
            {
                status.MustSucceed();
                break;
            }

            Assert.Contains("too many clients already", status.MustComplain(), StringComparison.Ordinal);
            refused++;
        }

        Assert.InRange(refused, 3, 10);
    }

    private static bool IsOfARunningSilo(string line) =>
        line.Contains(" warn Orleans.Runtime.MembershipService.MembershipTableManager[", StringComparison.Ordinal)
        && line.Contains("will retry shortly", StringComparison.Ordinal)
        && line.EndsWith("too many clients already", StringComparison.Ordinal);

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
