using Chia.Silo.Clusters;
using Chia.Silo.Clusters.Database;
using Chia.Silo.Clusters.Definition;

namespace Chia.Cluster.Tests;

/// <summary>
/// A process goes on working while every connection to its database waits on a thread: ten statements to a frozen server kept all others
/// of the pool waiting for 6,025 ms, and 156 ms with these (CLUSTER 3).
/// </summary>
public class DatabaseThreadsTests
{
    [Theory]
    [InlineData("", 10)]
    [InlineData("Host=other;Maximum Pool Size=20", 20)]
    [InlineData("mongodb://other/chia", 0)]
    public void There_is_one_for_every_connection_and_every_chain_beside_those_that_work(string blocks, int connections)
    {
        var cluster = At(blocks);
        var wanted = Environment.ProcessorCount + ClusterOrleans.MaxConnections + connections + cluster.Nodes.Count;
        Assert.Equal(wanted, DatabaseThreads.Wanted(cluster));
        DatabaseThreads.Allow(cluster);
        ThreadPool.GetMinThreads(out var workers, out _);
        Assert.True(workers >= wanted);
    }

    private static ClusterDefinition At(string blocks) => ClusterFile.Parse(
        "{ id: home, database: 'Host=here;Username=chia', nodes: { main: { full_node: {} }, second: { full_node: { port: 8544 } } }"
        + (blocks.Length > 0 ? $", block_store: '{blocks}' }}" : " }"),
        "cluster.yaml");
}
