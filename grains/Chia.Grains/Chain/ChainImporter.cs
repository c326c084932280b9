using Chia.Consensus.Chain;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.Grains.Validation;
using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Streamable;
using Chia.Storage.Maintenance;

namespace Chia.Grains.Chain;

/// <summary>
/// Brings recorded blocks into a chain: the context-free checks of many blocks run on all validation threads while earlier ones are
/// applied and committed in order.
/// </summary>
public sealed class ChainImporter
{
    /// <summary>Blocks in one commit: validation of so many takes far longer than the flush they share.</summary>
    private const int BatchSize = 32;

    /// <summary>Blocks that one thread checks together, as in a sync: their signatures and discriminants cost less a block.</summary>
    private const int BlocksTogether = 8;

    /// <summary>Batches being checked ahead of the one that is committed.</summary>
    private const int BatchesAhead = 4;

    private readonly CommittedChain _chain;
    private readonly BlockChecker _checker;
    private readonly ValidationThreads _threads;

    /// <summary>Imports into a chain.</summary>
    public ChainImporter(CommittedChain chain, IProofVerifier proofs, ValidationThreads threads)
    {
        _chain = chain;
        _checker = new BlockChecker(chain.Network.Constants, proofs);
        _threads = threads;
    }

    /// <summary>Imports records until they end or one is not acceptable. What was before that one is kept.</summary>
    /// <param name="records">Records in chain order.</param>
    /// <param name="progress">Told after each commit.</param>
    /// <param name="cancellation">Ends the import between two commits.</param>
    /// <exception cref="ImportException">A record is no block, or a block is invalid or disconnected.</exception>
    public async Task<ImportProgress> Import(
        IAsyncEnumerable<ArchiveRecord> records, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var total = new ImportProgress(0, 0, 0);
        var pending = new Queue<Batch>();
        var batch = new Batch(Check);
        Exception? broken = null;
        try
        {
            await foreach (var record in records.WithCancellation(cancellation))
            {
                batch.Add(record);
                if (batch.Count < BatchSize)
                    continue;
                batch.Complete();
                pending.Enqueue(batch);
                batch = new Batch(Check);
                if (pending.Count <= BatchesAhead)
                    continue;
                total = await Apply(pending.Dequeue(), total);
                progress?.Report(total);
            }
        }
        catch (ArchiveFormatException error)
        {
            // What was read before is imported first.
            broken = error;
        }

        batch.Complete();
        pending.Enqueue(batch);
        while (pending.TryDequeue(out var next))
        {
            total = await Apply(next, total);
            progress?.Report(total);
        }

        return broken is null ? total : throw new ImportException(total, broken.Message, broken);
    }

    /// <summary>What becomes of records: those that are stored already are not checked again.</summary>
    private async Task<Checked[]> Check(IReadOnlyList<ArchiveRecord> records)
    {
        var results = new Checked[records.Count];
        var decoded = await _threads.Run(() => records.Select(Decode).ToArray());
        var unknown = new List<int>();
        for (var i = 0; i < results.Length; i++)
        {
            if (decoded[i].Block is not { } block)
                results[i] = new Checked(null, decoded[i].Failure);
            else if (!await _chain.Reader.Contains(block.HeaderHash()))
                unknown.Add(i);
        }

        if (unknown.Count == 0)
            return results;
        var verdicts = await _threads.Run(() => _checker.Check([.. unknown.Select(i => decoded[i].Block!)]));
        for (var i = 0; i < unknown.Count; i++)
        {
            var (verdict, block) = (verdicts[i], decoded[unknown[i]].Block!);
            results[unknown[i]] = verdict.IsAccepted
                ? new Checked(verdict.Value, null)
                : new Checked(
                    null, Describe(block, block.HeaderHash().ToString(), verdict.Rejection.Rule.ToString(), verdict.Rejection.Detail));
        }

        return results;
    }

    private static (FullBlock? Block, string? Failure) Decode(ArchiveRecord record)
    {
        var error = StreamableExtensions.TryDecode<FullBlock>(record.Bytes, out var block);
        return (block, block is null ? $"the record at offset {record.Offset} is no block: {error}" : null);
    }

    private async Task<ImportProgress> Apply(Batch batch, ImportProgress total)
    {
        var results = await batch.Results();
        var failure = Array.FindIndex(results, r => r.Failure is not null);
        var good = failure < 0 ? results : results[..failure];
        var blocks = good.Where(r => r.Block is not null).Select(r => r.Block!).ToList();
        var accepted = await _chain.Accept(blocks);
        var imported = accepted.Count(r => r.IsAdded);
        total = new ImportProgress(total.Imported + imported, total.Skipped + good.Length - blocks.Count, total.Bytes + batch.Bytes);
        if (accepted.Count > 0 && !accepted[^1].IsAdded && accepted[^1].Outcome != AcceptOutcome.AlreadyHave)
            throw new ImportException(total, Describe(blocks[accepted.Count - 1], accepted[^1]));
        if (failure >= 0)
            throw new ImportException(total, results[failure].Failure!);
        return total;
    }

    private static string Describe(CheckedBlock block, ReceiveResult result) =>
        result.Outcome == AcceptOutcome.Disconnected
            ? Describe(block.Block, block.HeaderHash.ToString(), "Disconnected", $"its parent {block.PrevHeaderHash} is not stored")
            : Describe(block.Block, block.HeaderHash.ToString(), $"{result.Rejection?.Rule}", result.Rejection?.Detail ?? "");

    private static string Describe(FullBlock block, string headerHash, string rule, string detail) =>
        $"block at height {block.Height} with header hash {headerHash} breaks rule {rule}: {detail}";

    private readonly record struct Checked(CheckedBlock? Block, string? Failure);

    private sealed class Batch(Func<IReadOnlyList<ArchiveRecord>, Task<Checked[]>> check)
    {
        private readonly List<Task<Checked[]>> _checks = [];
        private List<ArchiveRecord> _together = [];

        public int Count { get; private set; }

        public long Bytes { get; private set; }

        public void Add(ArchiveRecord record)
        {
            Count++;
            Bytes += sizeof(uint) + record.Bytes.Length;
            _together.Add(record);
            if (_together.Count == BlocksTogether)
                Complete();
        }

        /// <summary>No more records come.</summary>
        public void Complete()
        {
            if (_together.Count > 0)
                _checks.Add(check(_together));
            _together = [];
        }

        public async Task<Checked[]> Results() => [.. (await Task.WhenAll(_checks)).SelectMany(results => results)];
    }
}

/// <summary>How far an import has come.</summary>
/// <param name="Imported">Blocks added.</param>
/// <param name="Skipped">Blocks that were stored before.</param>
/// <param name="Bytes">Bytes of the records dealt with.</param>
public sealed record ImportProgress(long Imported, long Skipped, long Bytes);

/// <summary>An import stopped at a record; what was before it is stored.</summary>
public sealed class ImportException : Exception
{
    /// <summary>Says how far it came, and which record stopped it and why.</summary>
    /// <param name="done">What was done before that record.</param>
    /// <param name="reason">Names height, header hash and rule, or what is wrong with the file.</param>
    /// <param name="inner">The cause, if there is another.</param>
    public ImportException(ImportProgress done, string reason, Exception? inner = null)
        : base($"imported {done.Imported} blocks, then: {reason}", inner) => Done = done;

    /// <summary>What was done before.</summary>
    public ImportProgress Done { get; }
}
