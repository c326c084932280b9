using System.Text;
using Chia.Fuzz.Driver;
using Chia.Silo;
using Chia.Silo.Clusters.Definition;
using Chia.Silo.Views;

namespace Chia.Fuzz.Targets;

/// <summary>Cluster files: read, or refused in one line. The files that one names are not there.</summary>
internal sealed class ClusterTarget() : FuzzTarget("clusters")
{
    /// <summary>Nothing lies beside it.</summary>
    private const string Path = "/nonexistent/cluster.yaml";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        """
        id: mine
        database: Host=127.0.0.1;Database=chia
        block_store: mongodb://127.0.0.1/chia
        network: testnet
        log_level: debug
        api_token: secret
        listen:
          address: 127.0.0.1
          silo_port: 11111
          client_port: 30000
          http_address: "*"
          http_port: 0
          trust_the_network: true
        nodes:
          main:
            root: data
            full_node: {host: "*", port: 8444, connect: [a.example:8444, 127.0.0.1:1], target_peer_count: 3}
            timelord: {slots: 2}
          other.one:
            farmer: {full_node_peer: none}
            introducer:

        """u8.ToArray(),
        "id: a\ndatabase_file: secret\ntls: {certificate: c.pfx, password_file: p, authority: ca.pem}\nnodes: {n: {harvester: {plot_root: x}}}\n"u8.ToArray(),
        "id: a\ndatabase: Host=h;Hst=\nnodes: {n: {timelord: }}\n"u8.ToArray(),
        "id: a\ndatabase: postgresql://u@h:99999/d?x=y&timeout=z\nnodes: {n: {timelord: }}\n"u8.ToArray(),
        "id: a\ndatabase: d\nnetwork: n.yaml\nnodes: &n {a: {full_node: {}}}\n"u8.ToArray(),
    ];

    public override int ShortRun => 6_000;

    /// <summary>A parser of documents, with a node a value.</summary>
    public override long AllocationFactor => 4096;

    public override long AllocationBase => 1024 * 1024;

    public override void Run(byte[] input)
    {
        try
        {
            var cluster = ClusterFile.Parse(Encoding.UTF8.GetString(input), Path);
            Promise.That(
                cluster.Nodes.Count > 0 && cluster.Nodes.All(node => node.Roles.Count > 0), "a cluster carries nodes, a node roles");
        }
        catch (UserException refusal)
        {
            Promise.That(!Printable.Escape(refusal.Message).Any(char.IsControl), "a refusal is one line, once it is printed");
        }
    }
}
