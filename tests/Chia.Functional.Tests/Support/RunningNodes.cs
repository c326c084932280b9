using System.Net;
using Chia.Consensus.Validation;
using Chia.Grains.Chain;
using Chia.Grains.FullNode;
using Chia.Grains.Validation;
using Chia.Protocol.Addresses;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Chia.Storage.Maintenance;
using Chia.Storage.Sqlite;
using Chia.Testing;
using Microsoft.Extensions.Logging;

namespace Chia.Functional.Tests.Support;

/// <summary>Whole nodes within the test's own process, real TCP included: what a child process would do, without its start.</summary>
internal static class RunningNodes
{
    public static Task<RunningNode> Start(ChainVectors chain, string root, params int[] connectTo) =>
        Start(chain, root, _ => { }, connectTo);

    public static Task<RunningNode> Start(ChainVectors chain, string root, Action<FullNodeOptions> options, params int[] connectTo)
    {
        var output = TestContext.Current.TestOutputHelper;
        var log = new TestLog(line => output?.WriteLine(line));
        var settings = new NodeSettings
        {
            Network = chain.Network,
            Root = root,
            Roles = [
                new RoleSettings(
                Role.FullNode, 0) { Address = IPAddress.Loopback,
                Connect = [.. connectTo.Select(p => PeerAddress.Of("127.0.0.1", (ushort)p))] }],
            FullNode = options,
            Logging = logging => logging.AddProvider(log),
        };
        return NodeHost.Start(settings, TestContext.Current.CancellationToken);
    }

    public static int Port(this RunningNode node) => node.PortOf(Role.FullNode);

    /// <summary>Puts blocks into the store of a node that does not run; genesis may be among them.</summary>
    public static async Task Fill(ChainVectors chain, string root, IEnumerable<FullBlock> blocks)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var store = await SqliteBlockStore.Open(NodePaths.Store(root, chain.Network), cancellation);
        using var threads = new ValidationThreads();
        var proofs = new ProofVerifier();
        var committed = await CommittedChain.Open(chain.Network, store, proofs, TimeProvider.System, cancellation);
        await new ChainImporter(committed, proofs, threads).Import(Records(blocks), null, cancellation);
    }

    private static async IAsyncEnumerable<ArchiveRecord> Records(IEnumerable<FullBlock> blocks)
    {
        foreach (var block in blocks)
            yield return new ArchiveRecord(0, block.ToBytes());
        await Task.CompletedTask;
    }
}
