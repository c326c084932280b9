using System.Diagnostics;
using System.Globalization;
using System.Net;
using Chia.Consensus.Validation;
using Chia.Grains.Chain;
using Chia.Grains.Validation;
using Chia.Protocol.Addresses;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Chia.Silo.Views;
using Chia.Storage.Maintenance;
using Chia.Storage.Sqlite;

namespace Chia.Silo.Bench;

/// <summary><c>bench sync</c>: two nodes in this process, one holding a chain, the other syncing it over loopback from nothing.</summary>
internal static class SyncBench
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>A sync that adds no block for so long has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task Run(ChainInput input, BenchReport report, CancellationToken stopping)
    {
        var folder = Directory.CreateTempSubdirectory("chia-bench-").FullName;
        try
        {
            var first = Directory.CreateDirectory(Path.Combine(folder, "serving")).FullName;
            var height = await Fill(first, input, stopping);
            await using var serving = await NodeHost.Start(Settings(first, input), stopping);
            var second = Directory.CreateDirectory(Path.Combine(folder, "syncing")).FullName;
            var peer = PeerAddress.Of(PeerHost.Of(IPAddress.Loopback), (ushort)serving.PortOf(Role.FullNode));
            var processor = Environment.CpuUsage.TotalTime;
            var started = Stopwatch.GetTimestamp();
            await using var syncing = await NodeHost.Start(Settings(second, input, peer), stopping);
            await Reach(syncing, height, started, stopping);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            processor = Environment.CpuUsage.TotalTime - processor;
            report.Say(string.Create(
                CultureInfo.InvariantCulture, $"{input.Name}: {height} blocks, {Environment.ProcessorCount} cores for both nodes"));
            new FigureTable("full sync over loopback, start of the node included")
                .Add(new Figure("blocks, validated and stored", height / seconds, "blocks/s", ReferenceFigures.Sync))
                .Add(new Figure("time", seconds, "s"))
                .Add(new Figure("processor time of a block, both nodes", processor.TotalMilliseconds / height, "ms"))
                .Print(report);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Puts the chain into a node's store and returns its height.</summary>
    private static async Task<uint> Fill(string root, ChainInput input, CancellationToken stopping)
    {
        await using var store = await SqliteBlockStore.Open(NodePaths.Store(root, input.Network), stopping);
        using var threads = new ValidationThreads();
        var proofs = new TrustingVerifier();
        var committed = await CommittedChain.Open(input.Network, store, proofs, TimeProvider.System, stopping);
        try
        {
            await new ChainImporter(committed, proofs, threads).Import(Stream(input.Records), null, stopping);
        }
        catch (ImportException error)
        {
            throw new UserException($"{input.Name}: {error.Message}", 1);
        }

        return committed.State.HeaviestTip!.Height;
    }

    private static async Task Reach(RunningNode node, uint height, long started, CancellationToken stopping)
    {
        using var progress = new ProgressView("syncing", "blocks", height);
        var (best, since) = (0u, started);
        while (best < height)
        {
            await Task.Delay(Poll, stopping);
            var now = (await node.Chain.GetSnapshot()).Heaviest.Height;
            if (now > best)
                (best, since) = (now, Stopwatch.GetTimestamp());
            else if (Stopwatch.GetElapsedTime(since) > Patience)
                throw new UserException($"the sync stopped at height {best} of {height}: {(await node.GetStatus()).Status}", 1);
            progress.Report(best, "");
        }
    }

    private static async IAsyncEnumerable<ArchiveRecord> Stream(IReadOnlyList<ArchiveRecord> records)
    {
        await Task.CompletedTask;
        foreach (var record in records)
            yield return record;
    }

    private static NodeSettings Settings(string root, ChainInput input, params PeerAddress[] connect) => new()
    {
        Network = input.Network,
        Root = root,
        Roles = [new RoleSettings(Role.FullNode, 0) { Address = IPAddress.Loopback, Connect = connect }],
        Logging = _ => { },
    };
}

/// <summary>
/// Takes every proof on its word but the quality, which the chain's rules calculate with: a measured chain is put into the serving node's
/// store without being the measurement. The node that is measured verifies everything.
/// </summary>
internal sealed class TrustingVerifier : IProofVerifier
{
    private readonly ProofVerifier _real = new();

    public bool IsPublicKey(Bytes48 publicKey) => true;

    public bool IsPrependSignature(Bytes96 signature) => true;

    public bool IsPlainSignature(Bytes96 signature) => true;

    public bool VerifySignature(Bytes48 publicKey, Bytes32 messageHash, Bytes96 signature) => true;

    public bool TryGetQuality(ProofOfSpace proof, out Bytes32 quality) => _real.TryGetQuality(proof, out quality);

    public string? FindFault(ProofOfTime proof, int discriminantBits) => null;
}
