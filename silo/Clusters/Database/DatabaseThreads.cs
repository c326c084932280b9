using Chia.Silo.Clusters.Definition;
using Chia.Storage.Postgres;

namespace Chia.Silo.Clusters.Database;

/// <summary>Threads of a process that talks to a database, for the moment in which that stops answering.</summary>
internal static class DatabaseThreads
{
    /// <summary>
    /// A statement without an answer is called off by the driver on the thread that noticed, which waits meanwhile: when a server
    /// freezes, every connection of the process keeps a thread of the pool for seconds, and so does the chain of every node that asks for
    /// an old record. The pool begins with as many threads as there are cores and adds one or two a second: with ten connections nothing
    /// else was done for six seconds, and a silo was taken for dead by the others. These are made at once, when they are needed.
    /// </summary>
    public static int Wanted(ClusterDefinition cluster) =>
        Environment.ProcessorCount
        + ClusterOrleans.MaxConnections
        + (PostgresAddress.Is(cluster.BlockStore) ? PostgresAddress.ConnectionsTo(cluster.BlockStore) : 0)
        + cluster.Nodes.Count;

    /// <summary>Lets the pool of this process have them.</summary>
    public static void Allow(ClusterDefinition cluster)
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Wanted(cluster)), completions);
    }
}
