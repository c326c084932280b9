using System.Reflection;
using Chia.Protocol.Networks;
using Chia.Silo.Networks;
using Chia.Storage.Files;
using Chia.Storage.Maintenance;

namespace Chia.Silo.Bench.Chains;

/// <summary>A recorded chain to measure with.</summary>
/// <param name="Name">What it is, for the reader.</param>
/// <param name="Network">Its network.</param>
/// <param name="Records">Its blocks in order, genesis first.</param>
internal sealed record ChainInput(string Name, NetworkDefinition Network, IReadOnlyList<ArchiveRecord> Records)
{
    /// <summary>The standing input, as it lies in a clone of the sources.</summary>
    private static readonly string StandingInput = Path.Combine("tests", "vectors", "chains", "real300");

    /// <summary>
    /// The chain of these files; without them, the standing input if the working directory lies in a clone of the sources; without that,
    /// the first 60 blocks of it, which ship with the program. Its proofs of time are as long as a live network's: with few iterations one
    /// power of each segment vanishes, and a block costs a quarter less.
    /// </summary>
    /// <param name="blocks">Records, as <c>db export</c> writes them.</param>
    /// <param name="network">Built-in network or network file.</param>
    /// <param name="limit">Most blocks on top of the genesis block; 0 for all.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="UserException">A file is missing or damaged, or one was given without the other.</exception>
    public static async Task<ChainInput> Open(string? blocks, string? network, int limit, CancellationToken cancellation)
    {
        if (blocks is null && network is null)
        {
            if (FindStandingInput() is not { } folder)
                return new(
                    "the sample chain", SampleChain.Network,
                    await Read(SampleChain.OpenBlocks(), "the sample chain", limit, cancellation));
            blocks = Path.Combine(folder, "blocks.bin");
            network = null;
        }

        if (blocks is null)
            throw new UserException("--network needs --blocks: the chain to measure with");
        var definition = NetworkFile.Resolve(network);
        return new(blocks, definition, await Read(OpenFile(blocks), blocks, limit, cancellation));
    }

    private static async Task<IReadOnlyList<ArchiveRecord>> Read(Stream input, string name, int limit, CancellationToken cancellation)
    {
        await using var stream = input;
        var records = new List<ArchiveRecord>();
        try
        {
            await foreach (var record in BlockArchive.Read(stream, cancellation))
            {
                if (limit > 0 && records.Count > limit)
                    break;
                records.Add(record);
            }
        }
        catch (ArchiveFormatException error)
        {
            throw new UserException($"{name}: {error.Message}");
        }

        return records;
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"cannot read {path}: {FileFault.OfFile(path, error)}");
        }
    }

    private static string? FindStandingInput()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, StandingInput);
            if (File.Exists(Path.Combine(candidate, "blocks.bin")))
                return candidate;
        }

        return null;
    }
}

/// <summary>The chain that ships with the program: the first 60 blocks of a testnet chain, with proofs of full length.</summary>
internal static class SampleChain
{
    public static NetworkDefinition Network => Testnet.Definition;

    /// <summary>The chain's records, genesis first.</summary>
    public static Stream OpenBlocks() => Assembly.GetExecutingAssembly().GetManifestResourceStream("sample-chain.bin")!;
}
