using System.Diagnostics;
using System.Globalization;
using Chia.Consensus.Validation;
using Chia.Grains.Chain;
using Chia.Grains.Validation;
using Chia.Protocol.Addresses;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Silo.Bench.Figures;
using Chia.Silo.Hosting.Processes;
using Chia.Silo.Networks;
using Chia.Silo.Node;
using Chia.Storage.Maintenance;
using Chia.Storage.Sqlite;

namespace Chia.Silo.Bench.Chains;

/// <summary>
/// A node in a process of its own, <c>chia start full_node</c> for instance, on a free port of loopback: what it costs is told apart from
/// what measures it. Linux only, where a process's time and memory can be read.
/// </summary>
internal sealed class ServedNode : IAsyncDisposable
{
    private readonly Process _process;

    private readonly Dictionary<string, double> _threads = [];

    private ServedNode(Process process, ushort port, string networkFile) =>
        (_process, Port, NetworkFile) = (process, port, networkFile);

    /// <summary>Its port.</summary>
    public ushort Port { get; }

    /// <summary>The definition of its network, for others of it.</summary>
    public string NetworkFile { get; }

    /// <summary>Where it listens.</summary>
    public PeerAddress Address => PeerAddress.Of("127.0.0.1", Port);

    /// <summary>Processor time so far of all its threads that were seen here, ms, by the nanosecond.</summary>
    public double Processor
    {
        get
        {
            ProcessorTime.Note(_process.Id, _threads);
            return _threads.Values.Sum();
        }
    }

    /// <summary>Processor time of the process so far, threads that have ended included, ms, by the hundredth of a second.</summary>
    public double ProcessorOfAll
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalMilliseconds;
        }
    }

    /// <summary>Resident memory, bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Reads of files and sockets so far, by all threads.</summary>
    public long Reads => ProcessorTime.Reads(_process.Id);

    /// <summary>Puts a chain into the store of a node that does not run, and returns its height.</summary>
    /// <param name="root">The node's folder.</param>
    /// <param name="input">The chain.</param>
    /// <param name="blocks">How many records of it, genesis included.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task<uint> Fill(string root, ChainInput input, int blocks, CancellationToken stopping)
    {
        await using var store = await SqliteBlockStore.Open(NodePaths.Store(root, input.Network), stopping);
        using var threads = new ValidationThreads();
        // The serving node is not what is measured; the other verifies everything.
        var proofs = new TrustingVerifier(new ProofVerifier());
        var committed = await CommittedChain.Open(input.Network, store, proofs, TimeProvider.System, stopping);
        try
        {
            await new ChainImporter(committed, proofs, threads).Import(Stream(input.Records.Take(blocks)), null, stopping);
        }
        catch (ImportException error)
        {
            throw new UserException($"{input.Name}: {error.Message}", 1);
        }

        return committed.State.HeaviestTip!.Height;
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="root">Its folder.</param>
    /// <param name="input">Whose network it is of.</param>
    /// <param name="configuration">Lines of its config.yaml.</param>
    /// <param name="stopping">Ends the waiting.</param>
    public static Task<ServedNode> Start(string root, ChainInput input, string configuration, CancellationToken stopping) =>
        Start(root, Role.FullNode, input.Network, configuration, stopping);

    /// <summary>Starts a node of a role and waits until it is ready.</summary>
    /// <param name="root">Its folder.</param>
    /// <param name="role">Its role.</param>
    /// <param name="definition">Its network.</param>
    /// <param name="configuration">Lines of its config.yaml.</param>
    /// <param name="stopping">Ends the waiting.</param>
    public static async Task<ServedNode> Start(
        string root, Role role, NetworkDefinition definition, string configuration, CancellationToken stopping)
    {
        var network = Path.Combine(root, "network.yaml");
        await File.WriteAllTextAsync(network, NetworkWriter.Write(definition), stopping);
        await File.WriteAllTextAsync(Path.Combine(root, "config.yaml"), "log_level: warning\n" + configuration, stopping);
        string[] arguments = ["start", RoleNames.Of(role), "--root", root, "--network", network, "--host", "127.0.0.1", "--port", "0"];
        string[] alone = role == Role.FullNode ? ["--introducer", "none"] : [];
        var start = OwnProgram.Start(OwnProgram.Command, [.. arguments, .. alone]);
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        try
        {
            var ready = await process.StandardOutput.ReadLineAsync(stopping);
            const string Prefix = "ready port=";
            if (ready?.StartsWith(Prefix, StringComparison.Ordinal) != true)
                throw new UserException($"the node to measure did not start: {ready}", 1);
            return new ServedNode(process, ushort.Parse(ready.Split(' ')[1].Split('=')[1], CultureInfo.InvariantCulture), network);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async IAsyncEnumerable<ArchiveRecord> Stream(IEnumerable<ArchiveRecord> records)
    {
        await Task.CompletedTask;
        foreach (var record in records)
            yield return record;
    }
}
