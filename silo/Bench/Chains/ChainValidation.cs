using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Chia.Consensus.Chain;
using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;
using Chia.Protocol.Streamable;
using Chia.Storage.Maintenance;

namespace Chia.Silo.Bench.Chains;

/// <summary>
/// Validates a recorded chain in memory, as a sync does: headers first, then blocks, both in parts; the context-free rules of many blocks
/// at once, the contextual ones in order. When the chain ends before the time is up, it begins again, and nothing is remembered of the
/// last round.
/// </summary>
internal sealed class ChainValidation
{
    /// <summary>Headers that are checked together; a sync gives each thread 120 of a machine with two.</summary>
    private const int Part = 5 * BlocksTogether;

    /// <summary>Blocks that are checked together: what a sync gives a thread.</summary>
    private const int BlocksTogether = 8;

    private readonly ChainInput _input;
    private readonly ProofVerifier _proofs;
    private readonly Lock _gate = new();
    private Round _round;
    private ExceptionDispatchInfo? _failure;
    private long _deadline;
    private bool _isOnce;
    private int _threads;

    public ChainValidation(ChainInput input)
    {
        _input = input;
        _proofs = new ProofVerifier(Timings);
        _round = new Round(input);
    }

    /// <summary>Where the time went, summed over threads.</summary>
    public ValidationTimings Timings { get; } = new();

    /// <summary>Time of all threads together.</summary>
    public TimeSpan Busy { get; private set; }

    /// <summary>Blocks validated and applied.</summary>
    public long Blocks { get; private set; }

    /// <summary>Blocks a second: the sum of what the threads reached, each until its own last part was done. That the first to end has
    /// nothing more to do would otherwise count against all.</summary>
    public double Rate { get; private set; }

    /// <summary>Validates until the time is up.</summary>
    public void Run(int threads, TimeSpan time, CancellationToken cancellation) =>
        Run(threads, Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency), cancellation);

    /// <summary>Validates the chain once, as a sync does; towards its end in smaller parts, so that no thread has long nothing to
    /// do.</summary>
    /// <returns>Time until the last block was applied.</returns>
    public TimeSpan RunOnce(int threads, CancellationToken cancellation)
    {
        _isOnce = true;
        var started = Stopwatch.GetTimestamp();
        Run(threads, long.MaxValue, cancellation);
        return Stopwatch.GetElapsedTime(started);
    }

    private void Run(int threads, long deadline, CancellationToken cancellation)
    {
        (_deadline, _threads) = (deadline, threads);
        var workers = Enumerable.Range(0, threads).Select(i => new Thread(Work) { IsBackground = true, Name = $"bench {i}" }).ToList();
        using var stop = cancellation.Register(() => Interlocked.Exchange(ref _deadline, 0));
        workers.ForEach(w => w.Start());
        workers.ForEach(w => w.Join());
        cancellation.ThrowIfCancellationRequested();
        _failure?.Throw();
    }

    private void Work()
    {
        var (started, done) = (Stopwatch.GetTimestamp(), 0);
        try
        {
            while (Take(done) is var (round, first, count))
            {
                var blocks = Check(_input.Records.Skip(first).Take(count));
                lock (_gate)
                {
                    blocks.CopyTo(round.Checked, first);
                    Apply(round);
                }

                done += count;
            }
        }
        catch (Exception error)
        {
            lock (_gate)
                _failure ??= ExceptionDispatchInfo.Capture(error);
            Interlocked.Exchange(ref _deadline, 0);
        }

        var time = Stopwatch.GetElapsedTime(started);
        lock (_gate)
        {
            Busy += time;
            Rate += done / time.TotalSeconds;
        }
    }

    /// <summary>The next blocks to check; null when the time is up. A round may begin while another thread is at the last one's
    /// end.</summary>
    private (Round Round, int First, int Count)? Take(int done)
    {
        lock (_gate)
        {
            // However short the time and late the thread, it takes a part: a rate of nothing says nothing.
            var deadline = Interlocked.Read(ref _deadline);
            if (deadline == 0 || (done > 0 && Stopwatch.GetTimestamp() >= deadline))
                return null;
            if (_round.Taken == _round.Checked.Length)
            {
                if (_isOnce)
                    return null;
                _round = new Round(_input);
            }

            var first = _round.Taken;
            _round.Taken = Math.Min(_round.Checked.Length, first + NextPart(_round.Checked.Length - first));
            return (_round, first, _round.Taken - first);
        }
    }

    private int NextPart(int left) =>
        _isOnce ? Math.Clamp(left / (2 * _threads) / BlocksTogether * BlocksTogether, BlocksTogether, Part) : Part;

    private CheckedBlock[] Check(IEnumerable<ArchiveRecord> records)
    {
        var checker = new BlockChecker(_input.Network.Constants, _proofs, new VerifiedHeaders());
        var blocks = records.Select(record => StreamableExtensions.Decode<FullBlock>(record.Bytes)).ToList();
        foreach (var header in checker.CheckHeaders([.. blocks.Select(block => block.HeaderBlock)], verifyProofOfTime: false))
            Demand(header.Rejection);
        return
        [
            .. blocks.Chunk(BlocksTogether).SelectMany(checker.Check)
                .Select(verdict => verdict.IsAccepted ? verdict.Value : throw Invalid(verdict.Rejection)),
        ];
    }

    private void Demand(Rejection? rejection)
    {
        if (rejection is not null)
            throw Invalid(rejection);
    }

    private UserException Invalid(Rejection rejection) => new($"{_input.Name}: a block is invalid: {rejection}", 1);

    private void Apply(Round round)
    {
        for (; round.Applied < round.Checked.Length && round.Checked[round.Applied] is { } block; round.Applied++)
        {
            var batch = round.State.Begin();
            var result = batch.Receive(block, TimeProvider.System.GetUtcNow());
            if (!result.IsAdded)
                throw new UserException(
                    $"{_input.Name}: the block at height {block.Height} was not accepted: {result.Outcome} {result.Rejection}", 1);
            round.State.Apply(batch);
            Blocks++;
        }
    }

    /// <summary>The chain once from its beginning.</summary>
    private sealed class Round(ChainInput input)
    {
        public CheckedBlock?[] Checked { get; } = new CheckedBlock?[input.Records.Count];

        public ChainState State { get; } = new(input.Network.Constants);

        public int Taken { get; set; }

        public int Applied { get; set; }
    }
}
