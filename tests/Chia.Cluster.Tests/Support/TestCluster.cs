using System.Globalization;
using Chia.Functional.Tests.Support;
using Chia.Silo.Clusters.Database;
using Chia.Silo.Clusters.Definition;
using Chia.Silo.Hosting;
using Chia.Testing;
using Npgsql;

namespace Chia.Cluster.Tests.Support;

/// <summary>A cluster of real processes on PostgreSQL, with one full node <c>main</c> unless the test's file says otherwise.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<ChiaProcess> _processes = [];

    private TestCluster(string database) => Database = database;

    public string Database { get; }

    public string ClusterFile => _folder.File("cluster.yaml");

    /// <summary>Silos that were begun: each has a name of its own, also those that start at once.</summary>
    private int _started;

    /// <summary>Variables for the processes that start from now on.</summary>
    public (string Name, string Value)[] Environment { get; set; } = [];

    public List<SiloProcess> Silos { get; } = [];

    /// <summary>What each process said on standard error, those that are not ready yet included.</summary>
    public IEnumerable<string> Errors => _processes.Select(process => process.Error);

    public List<GatewayProcess> Gateways { get; } = [];

    /// <summary>Writes a cluster file and makes its tables; starts nothing.</summary>
    /// <param name="chain">Whose network it is.</param>
    /// <param name="database">Its database; one of the common server's by default.</param>
    /// <param name="nodes">The section nodes, indented; one full node on a free port by default.</param>
    /// <param name="openWith">The token with which all addresses may ask over HTTP; loopback only by default.</param>
    /// <param name="more">Lines of the file beside those.</param>
    public static async Task<TestCluster> Create(
        ChainVectors chain, string? database = null, string? nodes = null, string? openWith = null, string more = "")
    {
        var cluster = new TestCluster(database ?? await DatabaseServer.CreateDatabase());
        await cluster.Write(chain, nodes ?? FullNode("main"), openWith, more);
        // What `chia cluster init` does, as the walk through the documents shows.
        await ClusterSchema.Create(Silo.Clusters.Definition.ClusterFile.Read(cluster.ClusterFile), TestContext.Current.CancellationToken);
        return cluster;
    }

    /// <summary>A full node on loopback and a free port, alone but for whom the test connects.</summary>
    public static string FullNode(string name, string more = "", int maxInbound = 2000) => $$"""
          {{name}}:
            full_node: { host: 127.0.0.1, port: 0, target_peer_count: 0, max_inbound: {{maxInbound}}{{more}} }
        """;

    /// <summary>A file of the cluster's folder.</summary>
    public string File(string name) => _folder.File(name);

    /// <summary>Writes the cluster's file anew; processes that start from now on read it.</summary>
    public Task Write(ChainVectors chain, string nodes, string? openWith = null, string more = "", string? to = null) =>
        System.IO.File.WriteAllTextAsync(to ?? ClusterFile, $"""
            id: test
            network: {chain.NetworkFile}
            database: {Database}
            listen:
              http_port: 0
              http_address: '{(openWith is null ? "127.0.0.1" : "*")}'
            api_token: '{openWith ?? "unused"}'
            {more}
            nodes:
            {nodes}
            """);

    public async Task<SiloProcess> StartSilo(params string[] more)
    {
        var (siloPort, clientPort) = (FreePorts.FindRun(1), FreePorts.FindRun(1));
        var name = $"silo{Interlocked.Increment(ref _started)}";
        var process = Add(ChiaProcess.StartWith(
            Environment,
        [
            "silo", "--cluster", ClusterFile, "--name", name, "--silo-port", Text(siloPort), "--client-port", Text(clientPort), .. more,
        ]));
        var silo = new SiloProcess(name, process, new ReadyLine(await process.WaitUntilReady()));
        lock (Silos)
            Silos.Add(silo);
        return silo;
    }

    public Task<SiloProcess[]> StartSilos(int count) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => StartSilo()));

    public Task<GatewayProcess[]> StartGateways(int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => StartGateway()));

    public async Task<GatewayProcess> StartGateway(params string[] more)
    {
        var process = Add(ChiaProcess.StartWith(Environment, ["gateway", "--cluster", ClusterFile, .. more]));
        var gateway = new GatewayProcess(process, new ReadyLine(await process.WaitUntilReady()));
        lock (Gateways)
            Gateways.Add(gateway);
        return gateway;
    }

    /// <summary>The store of node <c>main</c> is sound from its first block to its last.</summary>
    public async Task VerifyStore(ChainVectors chain) => (await ChiaProcess.Run(
        "db", "verify", "--store", Database, "--node", "main", "--network", chain.NetworkFile)).MustSucceed();

    /// <summary>Each gateway of a full node hears what is told to the peers of each role.</summary>
    public const int SubscriptionsOfAGateway = 5;

    /// <summary>Subscriptions to broadcasts that the database keeps.</summary>
    public async Task<int> CountSubscriptions()
    {
        await using var source = NpgsqlDataSource.Create(Database);
        await using var states = source.CreateCommand(
            "SELECT convert_from(bytes, 'UTF8') FROM chia_grain_state WHERE bytes IS NOT NULL AND kind LIKE 'PubSub%'");
        await using var rows = await states.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var count = 0;
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            count += rows.GetString(0).Split("\"SubscriptionId\"").Length - 1;
        return count;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        foreach (var silo in Silos)
            await Keep(silo.Name, silo.Process);
        foreach (var (gateway, i) in Gateways.Select((gateway, i) => (gateway, i)))
            await Keep($"gateway{i + 1}", gateway.Process);
        _folder.Dispose();
    }

    /// <summary>What the processes of a test wrote is kept in the folder that CHIA_TEST_LOGS names, to find out why it failed.</summary>
    private static async Task Keep(string name, ChiaProcess process)
    {
        if (System.Environment.GetEnvironmentVariable("CHIA_TEST_LOGS") is not { Length: > 0 } folder)
            return;
        var test = TestContext.Current.TestMethod?.MethodName ?? "test";
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, $"{test}.{name}.log"), process.Output + process.Error);
    }

    private ChiaProcess Add(ChiaProcess process)
    {
        _processes.Add(process);
        return process;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The line with which a process says that it is ready: name=value.</summary>
internal sealed class ReadyLine(string line)
{
    public string this[string name] =>
        line.Split(' ').Single(part => part.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];
}

internal sealed record SiloProcess(string Name, ChiaProcess Process, ReadyLine Ready)
{
    public HttpApi Api() => new(Ready["http"]);
}

internal sealed record GatewayProcess(ChiaProcess Process, ReadyLine Ready)
{
    public HttpApi Api() => new(Ready["http"]);

    public int Port(string node = "main", string role = "full_node") => int.Parse(Ready[$"{node}.{role}_port"]);
}
