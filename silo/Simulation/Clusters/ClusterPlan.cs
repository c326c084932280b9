using System.Globalization;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Chia.Silo.Simulation.Plan;

namespace Chia.Silo.Simulation.Clusters;

/// <summary>The processes of a simulated cluster: their names, the ports where each listens, and the cluster's file.</summary>
/// <param name="Nodes">Full nodes.</param>
/// <param name="Silos">Silo processes.</param>
/// <param name="Gateways">Gateway processes.</param>
/// <param name="PeerPort">First of the ports for peers: <see cref="PeerPorts"/> of them.</param>
/// <param name="SiloPort">First of the silos' ports: two for each.</param>
internal sealed record ClusterPlan(int Nodes, int Silos, int Gateways, int PeerPort, int SiloPort)
{
    /// <summary>By how much each gateway shifts the ports of all nodes; the most nodes that fit between two gateways.</summary>
    private const int Step = Instance.Step;

    /// <summary>A plan with ports that are free just now.</summary>
    public static ClusterPlan Make(int nodes, ClusterShape shape) => new(
        nodes,
        shape.Silos,
        shape.Gateways,
        FreePorts.FindRun(PeerPorts(nodes, shape.Gateways)),
        FreePorts.FindRun(2 * shape.Silos));

    public IEnumerable<NodeName> NodeNames => Names("node", Nodes).Select(NodeName.Parse);

    public IEnumerable<string> SiloNames => Names("silo", Silos);

    public IEnumerable<string> GatewayNames => Names("gateway", Gateways);

    /// <summary>Ports for peers, one for each node at each gateway.</summary>
    public static int PeerPorts(int nodes, int gateways) => (nodes + Step - 1) / Step * Step * gateways;

    /// <summary>Where a gateway takes the connections of a node; both count from 0.</summary>
    public int PortOf(int node, int gateway) => PeerPort + (node / Step * Step * Gateways) + (node % Step) + (gateway * Step);

    /// <summary>Command line of a silo, counted from 0.</summary>
    public IReadOnlyList<string> SiloArguments(string file, int silo) =>
    [
        "silo", "--cluster", file, "--name", SiloNames.ElementAt(silo), "--http-port", "0",
        "--silo-port", Text(SiloPort + (2 * silo)), "--client-port", Text(SiloPort + (2 * silo) + 1),
    ];

    /// <summary>Command line of a gateway, counted from 0.</summary>
    public IReadOnlyList<string> GatewayArguments(string file, int gateway) =>
    [
        "gateway", "--cluster", file, "--name", GatewayNames.ElementAt(gateway), "--http-port", "0", "--instance", Text(gateway),
    ];

    /// <summary>The cluster file.</summary>
    /// <param name="id">Name of the cluster.</param>
    /// <param name="network">The network file, from the cluster file.</param>
    /// <param name="database">The file with the connection to the database, from the cluster file.</param>
    /// <param name="introducer">HOST:PORT.</param>
    /// <param name="introducerSeconds">Between two visits to it.</param>
    public string File(string id, string network, string database, string introducer, int introducerSeconds) =>
        $"""
        # The cluster of `chia simulate --cluster`, made anew at each start.
        id: {id}
        network: {network}
        database_file: {database}
        listen: {"{ http_port: 0 }"}
        nodes:

        """ + string.Concat(NodeNames.Select((name, i) => string.Create(
            CultureInfo.InvariantCulture,
            $$"""
              {{name}}:
                full_node:
                  host: 127.0.0.1
                  port: {{PortOf(i, 0)}}
                  target_peer_count: {{Math.Max(1, Nodes - 1)}}
                  introducer_peer: {{introducer}}
                  introducer_connect_interval: {{introducerSeconds}}

            """)));

    private static IEnumerable<string> Names(string kind, int count) => Enumerable.Range(1, count).Select(i => $"{kind}-{i}");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
